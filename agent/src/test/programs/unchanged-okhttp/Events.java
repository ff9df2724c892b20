import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A listener that tells every event. It is compiled against the lowest release that is tested:
 * events that came later have no {@code Override} here.
 */
class Events extends EventListener {
  private final Stage stage;

  Events(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void callStart(Call call) {
    say("callStart", call.request());
  }

  public void dispatcherQueueStart(Call call, Dispatcher dispatcher) {
    say("dispatcherQueueStart");
  }

  public void dispatcherQueueEnd(Call call, Dispatcher dispatcher) {
    say("dispatcherQueueEnd");
  }

  public void proxySelectStart(Call call, HttpUrl url) {
    say("proxySelectStart", url);
  }

  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    say("proxySelectEnd", url, proxies);
  }

  @Override
  public void dnsStart(Call call, String name) {
    say("dnsStart", name);
  }

  @Override
  public void dnsEnd(Call call, String name, List<InetAddress> addresses) {
    say("dnsEnd", name, addresses);
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    say("connectStart", address, proxy);
  }

  @Override
  public void secureConnectStart(Call call) {
    say("secureConnectStart");
  }

  @Override
  public void secureConnectEnd(Call call, Handshake handshake) {
    say("secureConnectEnd", handshake);
  }

  @Override
  public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, Protocol protocol) {
    say("connectEnd", address, proxy, protocol);
  }

  @Override
  public void connectFailed(
      Call call, InetSocketAddress address, Proxy proxy, Protocol protocol, IOException e) {
    say("connectFailed", address, proxy, protocol, e);
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    say("connectionAcquired", connection);
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    say("connectionReleased", connection);
  }

  @Override
  public void requestHeadersStart(Call call) {
    say("requestHeadersStart");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    // The one event that shows the request as it is sent.
    say("requestHeadersEnd", Described.request(request));
  }

  @Override
  public void requestBodyStart(Call call) {
    say("requestBodyStart");
  }

  @Override
  public void requestBodyEnd(Call call, long bytes) {
    say("requestBodyEnd", bytes);
  }

  public void requestFailed(Call call, IOException e) {
    say("requestFailed", e);
  }

  @Override
  public void responseHeadersStart(Call call) {
    say("responseHeadersStart");
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    say("responseHeadersEnd", Described.response(response));
  }

  @Override
  public void responseBodyStart(Call call) {
    say("responseBodyStart");
  }

  @Override
  public void responseBodyEnd(Call call, long bytes) {
    say("responseBodyEnd", bytes);
  }

  public void responseFailed(Call call, IOException e) {
    say("responseFailed", e);
  }

  @Override
  public void callEnd(Call call) {
    say("callEnd");
  }

  @Override
  public void callFailed(Call call, IOException e) {
    say("callFailed", e);
  }

  public void canceled(Call call) {
    say("canceled");
  }

  public void satisfactionFailure(Call call, Response response) {
    say("satisfactionFailure", response);
  }

  public void cacheHit(Call call, Response response) {
    say("cacheHit", Described.response(response));
  }

  public void cacheMiss(Call call) {
    say("cacheMiss");
  }

  public void cacheConditionalHit(Call call, Response cached) {
    say("cacheConditionalHit", Described.response(cached));
  }

  public void retryDecision(Call call, IOException e, boolean retry) {
    say("retryDecision", e, retry);
  }

  public void followUpDecision(Call call, Response response, Request next) {
    say("followUpDecision", Described.response(response), next);
  }

  /** Tells {@code event} of a call. */
  void say(String event, Object... details) {
    StringBuilder line = new StringBuilder("event ").append(event);
    for (Object detail : details) line.append(' ').append(detail);
    stage.say(line.toString());
  }
}
