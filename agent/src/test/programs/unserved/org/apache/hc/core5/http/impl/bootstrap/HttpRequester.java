package org.apache.hc.core5.http.impl.bootstrap;

/** Stands in for that of HttpCore 5, which sends requests without HttpClient. */
public class HttpRequester {}
