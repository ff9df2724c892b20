package dev.authgraft.internal.util;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which asynchronous calls go on after a login. They end after a second without
 * work.
 */
public final class Resumption {
  /*
   * Not those that log in: a call goes on into callbacks of the program's, which may take their
   * time, and into its name service. Not the common pool: a program may have filled that up with
   * tasks that wait for these very calls. They carry no mark of own work: it is the program's call.
   */
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final ThreadPoolExecutor EXECUTOR =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work ->
              DaemonThread.privileged(() -> DaemonThread.ofProgramsWork(work, "authgraft-resume")));

  static {
    EXECUTOR.allowCoreThreadTimeOut(true);
  }

  private Resumption() {}

  /** The rest of a call. */
  public interface Call {
    /** Goes on with the call. */
    void goOn() throws Exception;
  }

  /**
   * Lets {@code call} go on once {@code awaited} is done, be it with a failure, as {@link #of}
   * does.
   */
  public static void whenDone(CompletableFuture<?> awaited, Call call, Consumer<Throwable> failed) {
    Runnable resumption = of(call, failed);
    awaited.whenComplete((result, thrown) -> resumption.run());
  }

  /**
   * Returns a task that lets {@code call} go on, on another thread than runs the task, with the
   * context class loader and the permissions of the thread that calls this method.
   *
   * @param failed receives what {@code call} throws; an {@code Error} is thrown again after that
   */
  public static Runnable of(Call call, Consumer<Throwable> failed) {
    PrivilegedAction<@Nullable ClassLoader> ofCaller =
        () -> Thread.currentThread().getContextClassLoader();
    ClassLoader loader = AccessController.doPrivileged(ofCaller);
    AccessControlContext permissions = AccessController.getContext();
    return () -> execute(() -> run(call, failed, loader, permissions), failed);
  }

  private static void execute(Runnable work, Consumer<Throwable> failed) {
    try {
      EXECUTOR.execute(work);
    } catch (Throwable e) { // The system has no thread for it: nobody else would end the call.
      String reason = "there is no thread for the call to go on: " + Contained.describe(e);
      failed.accept(new RejectedExecutionException(reason));
    }
  }

  private static void run(
      Call call,
      Consumer<Throwable> failed,
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
      failed.accept(e); // Nobody else would ever hear of the call.
      throw e;
    } finally {
      Thread.currentThread().setContextClassLoader(null);
    }
  }
}
