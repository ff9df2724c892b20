package org.apache.http.impl.nio.client;

/** As much of HttpAsyncClient 4 as tells it from others. */
public abstract class CloseableHttpAsyncClient {}
