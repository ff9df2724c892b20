package dev.authgraft.okhttp;

/** Served by hand, calls enqueued. */
class OkHttpAuthAsyncTest extends OkHttpAuthTest {
  @Override
  boolean isAsync() {
    return true;
  }
}
