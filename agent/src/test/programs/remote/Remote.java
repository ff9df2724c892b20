/** A class that a program loads over HTTP. */
public final class Remote {}
