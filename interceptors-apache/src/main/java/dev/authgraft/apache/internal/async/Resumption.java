package dev.authgraft.apache.internal.async;

import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** The threads on which calls go on that waited for a login. None is left a second later. */
public final class Resumption {
  /*
   * Not those that log in: a call goes on into callbacks of the program's, which may take their
   * time, and into its name service. Not the common pool: a program may have filled that up with
   * tasks that wait for these very calls.
   */
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final ThreadPoolExecutor EXECUTOR =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> newThread(work, "authgraft-resume"));

  static {
    EXECUTOR.allowCoreThreadTimeOut(true);
  }

  private Resumption() {}

  /**
   * Returns what lets {@code call} go on, on another thread than runs it, with the context class
   * loader and the permissions of the thread that waits now.
   *
   * @param failed told of what {@code call} throws: on a thread of the connection's, HttpCore would
   */
  public static Runnable of(Call call, Consumer<Exception> failed) {
    PrivilegedAction<@Nullable ClassLoader> ofCaller =
        () -> Thread.currentThread().getContextClassLoader();
    ClassLoader loader = AccessController.doPrivileged(ofCaller);
    AccessControlContext permissions = AccessController.getContext();
    return () -> execute(() -> run(call, failed, loader, permissions), failed);
  }

  private static void execute(Runnable work, Consumer<Exception> failed) {
    try {
      EXECUTOR.execute(work);
    } catch (Throwable e) { // No thread can be had: nobody else would ever end the call.
      String reason = "there is no thread for the call to go on: " + Contained.describe(e);
      failed.accept(new HttpException(reason));
    }
  }

  private static void run(
      Call call,
      Consumer<Exception> failed,
      @Nullable ClassLoader loader,
      AccessControlContext permissions) {
    Thread.currentThread().setContextClassLoader(loader);
    try {
      AccessController.doPrivileged(
          (PrivilegedExceptionAction<@Nullable Void>)
              () -> {
                call.goOn();
                return null;
              },
          permissions);
    } catch (PrivilegedActionException e) {
      failed.accept(e.getException());
    } catch (RuntimeException e) {
      failed.accept(e);
    } catch (Error e) {
      failed.accept(new HttpException(e.toString(), e)); // or nobody would ever hear of the call
      throw e;
    } finally {
      Thread.currentThread().setContextClassLoader(null);
    }
  }

  /** What is left of a call. */
  public interface Call {
    void goOn() throws HttpException, IOException;
  }

  /** Returns a thread that may do whatever Authgraft may. */
  static Thread newThread(Runnable work, String name) {
    // A thread may do no more than who makes it, and that may be any caller.
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              thread.setPriority(Thread.NORM_PRIORITY);
              thread.setContextClassLoader(null);
              return thread;
            });
  }
}
