package org.apache.http.impl.nio.client;

/** As much of the old HttpAsyncClient 4 as tells it from others. */
public abstract class DefaultAsyncRequestDirector {}
