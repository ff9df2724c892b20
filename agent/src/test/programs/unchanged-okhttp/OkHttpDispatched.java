import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** Cases of calls that OkHttp's dispatcher runs, and of web sockets, which it runs as well. */
final class OkHttpDispatched {
  private static final Logger LOG = Logger.getLogger(OkHttpClient.class.getName());
  private static final Answer OK = Answer.text("200 OK", "ok");

  private OkHttpDispatched() {}

  static void addTo(Unchanged suite) {
    async(suite);
    dispatched(suite);
    sockets(suite);
  }

  private static void async(Unchanged suite) {
    suite.add("enqueued", stage -> enqueue(stage, OkHttpCalls.builder(stage).build(), OK));
    suite.add(
        "enqueued: a redirect",
        stage -> {
          stage.a().on("/there", OK);
          enqueue(
              stage,
              OkHttpCalls.builder(stage).build(),
              Answer.text("302 Found", "", "Location: /there"));
        });
    suite.add(
        "enqueued: no answer",
        stage -> enqueue(stage, OkHttpCalls.builder(stage).build(), Answer.of(Answer.CLOSE)));
    suite.add(
        "enqueued: a callback that throws",
        stage -> {
          OkHttpClient client = OkHttpCalls.builder(stage).build();
          CountDownLatch done = new CountDownLatch(1);
          log(stage);
          OkHttpCalls.call(stage, client, OK)
              .enqueue(
                  new Callback() {
                    @Override
                    public void onFailure(Call call, IOException e) {
                      stage.threw(e);
                      done.countDown();
                    }

                    @Override
                    public void onResponse(Call call, Response response) throws IOException {
                      stage.say("body " + response.body().string());
                      done.countDown();
                      throw new IOException("of the callback");
                    }
                  });
          await(done);
          finish(stage, client);
        });
    suite.add(
        "enqueued: an interceptor that throws what is no IOException",
        stage -> {
          CountDownLatch caught = new CountDownLatch(1);
          stage.unordered(); // the thread ends while the dispatcher goes on
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .dispatcher(new Dispatcher(catching(stage, caught)))
                  .addInterceptor(
                      chain -> {
                        throw new IllegalStateException("of the interceptor");
                      })
                  .build();
          enqueue(stage, client, OK);
          await(caught);
        });
    suite.add(
        "enqueued: canceled while it waits",
        stage -> {
          stage.unordered();
          OkHttpClient client = OkHttpCalls.builder(stage).build();
          enqueue(
              stage,
              client,
              Answer.of(connection -> stage.aside(client.dispatcher()::cancelAll))
                  .then(Answer.HANG));
        });
  }

  private static void dispatched(Unchanged suite) {
    suite.add(
        "a dispatcher that has ended",
        stage -> {
          OkHttpClient client = OkHttpCalls.builder(stage).build();
          client.dispatcher().executorService().shutdown();
          enqueue(stage, client, OK);
        });
    suite.add(
        "a dispatcher that ends while a call runs",
        stage -> {
          OkHttpClient client = OkHttpCalls.builder(stage).build();
          Answer ends = Answer.of(c -> client.dispatcher().executorService().shutdown());
          enqueue(stage, client, ends.then(Answer.raw("HTTP/1.1 204 No Content\r\n\r\n")));
        });
    suite.add(
        "one call a host at a time",
        stage -> {
          Dispatcher dispatcher = new Dispatcher();
          dispatcher.setMaxRequestsPerHost(1);
          OkHttpClient client = quiet(stage).dispatcher(dispatcher).build();
          CountDownLatch queued = new CountDownLatch(1);
          Answer waits = Answer.of(connection -> await(queued));
          Wire wire = stage.a().unnumbered().on("/2", OK).on("/3", OK);
          wire.on("/1", waits.then(Answer.raw("HTTP/1.1 204 No Content\r\n\r\n")));
          CountDownLatch done = new CountDownLatch(3);
          for (int i = 1; i <= 3; i++) {
            client.newCall(OkHttpCalls.get(stage, "/" + i)).enqueue(saying(stage, done));
          }
          stage.say("running " + dispatcher.runningCallsCount());
          stage.say("queued " + dispatcher.queuedCalls());
          queued.countDown();
          await(done);
          finish(stage, client);
        });
    suite.add(
        "an executor of the program's",
        stage -> {
          ExecutorService threads =
              Executors.newSingleThreadExecutor(task -> new Thread(task, "the program's"));
          stage.closing(threads::shutdown);
          OkHttpClient client =
              OkHttpCalls.builder(stage).dispatcher(new Dispatcher(threads)).build();
          enqueue(stage, client, OK);
          Thread[] same = new Thread[1];
          threads.submit(() -> same[0] = Thread.currentThread()).get();
          stage.say("its name is " + same[0].getName());
        });
  }

  private static void sockets(Unchanged suite) {
    suite.add("a web socket", OkHttpDispatched::openSocket);
    suite.add("a web socket that is refused", stage -> socket(stage, OK));
    suite.add(
        "a web socket whose key is wrong",
        stage ->
            socket(
                stage,
                Answer.bare(
                    "101 Switching",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: wrong")));
  }

  private static void openSocket(Stage stage) throws Exception {
    OkHttpClient client = quiet(stage).build();
    stage.a().mask("Sec-WebSocket-Key").on("/", Sockets.accepted(stage));
    CountDownLatch done = new CountDownLatch(1);
    client.newWebSocket(OkHttpCalls.get(stage, "/"), new Sockets.Telling(stage, done));
    await(done);
  }

  private static void socket(Stage stage, Answer answer) throws Exception {
    OkHttpClient client = quiet(stage).build();
    stage.a().mask("Sec-WebSocket-Key").on("/", answer);
    CountDownLatch done = new CountDownLatch(1);
    client.newWebSocket(
        OkHttpCalls.get(stage, "/"),
        new WebSocketListener() {
          @Override
          public void onOpen(WebSocket socket, Response response) {
            stage.say("open " + Described.response(response));
            done.countDown();
          }

          @Override
          public void onFailure(WebSocket socket, Throwable thrown, Response response) {
            stage.threw(thrown);
            // Its key is random.
            stage.say(response.headers() + " " + response.request().headers().names());
            done.countDown();
          }
        });
    await(done);
  }

  private static ExecutorService catching(Stage stage, CountDownLatch caught) {
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "caught");
          thread.setUncaughtExceptionHandler(
              (of, thrown) -> {
                stage.threw(thrown);
                caught.countDown();
              });
          return thread;
        });
  }

  /** Returns a builder of a client that tells nothing: several of its calls run at once. */
  private static OkHttpClient.Builder quiet(Stage stage) {
    OkHttpClient.Builder builder =
        OkHttpCalls.builder(stage).eventListener(okhttp3.EventListener.NONE);
    builder.interceptors().clear();
    builder.networkInterceptors().clear();
    return builder;
  }

  private static void enqueue(Stage stage, OkHttpClient client, Answer answer) throws Exception {
    Call call = OkHttpCalls.call(stage, client, answer);
    CountDownLatch done = new CountDownLatch(1);
    call.enqueue(saying(stage, done));
    await(done);
    stage.settle();
    stage.say(Described.call(call));
    finish(stage, client);
  }

  /** Waits for what the dispatcher still does after the callbacks. */
  private static void finish(Stage stage, OkHttpClient client) throws Exception {
    ExecutorService threads = client.dispatcher().executorService();
    threads.shutdown();
    boolean ended = threads.awaitTermination(Stage.MILLIS, TimeUnit.MILLISECONDS);
    stage.say("dispatcher ended " + ended);
    OkHttpCalls.pool(stage, client);
  }

  private static Callback saying(Stage stage, CountDownLatch done) {
    return new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        stage.say("onFailure of " + call.request().url() + on());
        stage.threw(e);
        done.countDown();
      }

      @Override
      public void onResponse(Call call, Response response) {
        stage.say("onResponse of " + call.request().url() + on());
        Described.answer(stage, response);
        Described.body(stage, response, -1);
        response.close();
        done.countDown();
      }

      private String on() {
        return " on " + Thread.currentThread().getName();
      }
    };
  }

  /** Says what OkHttp logs, and keeps it from standard error. */
  private static void log(Stage stage) {
    LOG.setUseParentHandlers(false);
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getThrown() == null) return; // of a leak, whenever memory is collected
            stage.say("logged " + record.getLevel() + " " + record.getMessage());
            stage.threw(record.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LOG.addHandler(handler);
    stage.closing(() -> LOG.removeHandler(handler));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(Stage.MILLIS, TimeUnit.MILLISECONDS)) throw new IOException("too late");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
