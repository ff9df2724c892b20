package org.apache.http.impl.client;

/** The base of clients that are no longer built but still used. */
public abstract class AbstractHttpClient extends CloseableHttpClient {}
