package okhttp3;

/** A call of a release that the agent does not know. */
public final class RealCall {}
