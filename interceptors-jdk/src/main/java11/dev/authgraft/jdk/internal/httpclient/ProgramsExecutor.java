package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.internal.util.DaemonThread;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.Executor;

/** Chooses the thread that asks a subscriber of the program's for what it made of a body. */
final class ProgramsExecutor {
  private static final String JDKS = "jdk.internal.net.http.ResponseSubscribers$";

  private ProgramsExecutor() {}

  /** Returns the executor of the call's client, or the calling thread if nothing can block. */
  static Executor of(Object call, BodySubscriber<?> subscriber) {
    String type = subscriber.getClass().getName();
    if (type.startsWith(JDKS) && !type.endsWith("MappingSubscriber")) return Runnable::run;
    HttpClient client = CallMembers.client(call);
    return client
        .executor()
        .orElse(work -> DaemonThread.ofProgramsWork(work, "authgraft-body").start());
  }
}
