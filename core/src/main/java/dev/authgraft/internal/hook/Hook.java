package dev.authgraft.internal.hook;

/**
 * The code of a client module for one hooked method of its client. The kinds of hooks say when they
 * are called; one class may be of several kinds.
 *
 * <p>An implementation has a public constructor that takes a {@code Supplier<Authgraft>}. The
 * supplier waits until the config has been read, and answers null if there is none to go by. Safe
 * for use by several threads. If it throws, the call carries no credential; the method goes on as
 * if it were not hooked.
 */
public interface Hook {}
