package org.example.renamed.internal.http;

/** The one of a copy of OkHttp whose own packages were renamed. */
public final class RealInterceptorChain {}
