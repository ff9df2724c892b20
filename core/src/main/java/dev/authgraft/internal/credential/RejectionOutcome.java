package dev.authgraft.internal.credential;

/** How the rejection of a credential ends. */
enum RejectionOutcome {
  /** Nothing changes: a {@link LateRejection}. */
  LATE,
  /** It stays in use: rejections come too fast to log in for each. */
  LIMITED,
  /** The next caller logs in. */
  FORGOTTEN
}
