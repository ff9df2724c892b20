package dev.authgraft.internal.hook;

/**
 * What a client module does at one hooked method of its client. The kinds of hooks say when they
 * are called; one class may be of several kinds.
 *
 * <p>An implementation has a public constructor that takes a {@code Supplier<Authgraft>}. The
 * supplier waits until the config has been read, and answers null if there is none to go by. Safe
 * for use by several threads. What it throws costs the call its credential, and no more: the method
 * then goes on as if it were not hooked.
 */
public interface Hook {}
