package org.example.renamed.hc5.http.impl.async;

/** The one of a copy of HttpClient whose own packages were renamed. */
public final class AsyncProtocolExec {}
