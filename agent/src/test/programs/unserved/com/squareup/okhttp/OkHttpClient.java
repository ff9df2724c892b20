package com.squareup.okhttp;

/** As much of OkHttp 2 as tells it from others. */
public class OkHttpClient {}
