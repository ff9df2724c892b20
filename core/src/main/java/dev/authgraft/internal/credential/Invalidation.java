package dev.authgraft.internal.credential;

/** How the rejection of a credential ends. */
enum Invalidation {
  /** It is not the current one: it has been replaced or forgotten already. */
  ALREADY_REPLACED,
  /** It stays in use: rejections come too fast to log in for each. */
  LIMITED,
  /** The next caller logs in. */
  FORGOTTEN
}
