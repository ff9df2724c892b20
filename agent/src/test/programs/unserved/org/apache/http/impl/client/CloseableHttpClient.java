package org.apache.http.impl.client;

/** As much of HttpClient 4 as tells it from others. */
public abstract class CloseableHttpClient {}
