package dev.authgraft.demo;

import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.AssembleApi;
import dev.authgraft.testing.AssuredApi;
import dev.authgraft.testing.KycApi;
import dev.authgraft.testing.PortalApi;
import dev.authgraft.testing.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The four APIs on loopback, and what they counted. */
final class StandIns implements AutoCloseable {
  /** ASCII, unlike the tests' one: not every locale lets an environment variable be more. */
  private static final String PASSWORD = "a&b=c+d% \"";

  private static final String API_KEY = "demo-key-5c1e";

  private static final String REJECTED_ONCE = "/api/users/7/notes";

  private final AssuredApi assured = new AssuredApi(API_KEY, "robot@assured", PASSWORD);
  private final AssembleApi assemble =
      AssembleApi.withTotp("robot@assemble", PASSWORD, AssembleApi.TOTP_SECRET);
  private final KycApi kyc = new KycApi("robot@kyc", PASSWORD);
  private final PortalApi portal = new PortalApi("robot", PASSWORD);
  private final Map<String, ApiServer> byName = new LinkedHashMap<>();

  StandIns() {
    byName.put("assured", assured);
    byName.put("assemble", assemble);
    byName.put("kyc", kyc);
    byName.put("portal", portal);
  }

  /** Returns the names of the APIs, as the program and the config know them. */
  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Returns the name of the API that {@code url} belongs to. */
  String nameOf(URI url) {
    return byName.entrySet().stream()
        .filter(api -> api.getValue().authority().equals(url.getAuthority()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a stranger's URL: " + url));
  }

  /** Returns the program's arguments. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    byName.forEach((name, api) -> arguments.add(name + "=http://" + api.authority()));
    return arguments;
  }

  /** Returns the secrets, in the environment of the program. */
  Map<String, String> environment() {
    return Map.of(
        "ASSURED_API_KEY",
        API_KEY,
        "ASSURED_USER",
        "robot@assured",
        "ASSURED_PASS",
        PASSWORD,
        "ASSEMBLE_USER",
        "robot@assemble",
        "ASSEMBLE_PASS",
        PASSWORD,
        "ASSEMBLE_TOTP_SECRET",
        AssembleApi.TOTP_SECRET,
        "API_LOGIN",
        "robot@kyc",
        "API_PASSWORD",
        PASSWORD,
        "PORTAL_USER",
        "robot",
        "PORTAL_PASS",
        PASSWORD);
  }

  /** Returns what must be in no log. */
  Stream<String> secrets() {
    return Stream.of(API_KEY, PASSWORD, AssembleApi.TOTP_SECRET);
  }

  /** Returns what lies over the demo's config: where the APIs are. */
  String overlay() {
    StringBuilder overlay = new StringBuilder("vars:\n");
    byName.forEach((name, api) -> overlay.append("  " + name + ": \"" + api.authority() + "\"\n"));
    return overlay.toString();
  }

  /** Lets Assemble's token expire under one call, so that a refresh is to be seen. */
  void expireTokenOnTheWay() {
    assemble.answerNext(REJECTED_ONCE, Reply.problem(401, "Token has expired"));
  }

  /** Returns how many requests of a login or refresh all APIs received. */
  int logins() {
    return assured.count("login")
        + assemble.count("pre-auth")
        + assemble.count("token")
        + assemble.count("refresh")
        + kyc.count("login")
        + portal.count("page")
        + portal.count("login");
  }

  /** Returns what the servers counted, by what it is, in the order to show. */
  Map<String, Integer> counted() {
    Map<String, Integer> counted = new LinkedHashMap<>();
    counted.put("assured: logins", assured.count("login"));
    counted.put("assemble: pre-authentications", assemble.count("pre-auth"));
    counted.put("assemble: logins with a code", assemble.count("token"));
    counted.put(
        "assemble: refreshes (its token expired under one call)", assemble.count("refresh"));
    counted.put("kyc: logins", kyc.count("login"));
    counted.put("portal: login pages", portal.count("page"));
    counted.put("portal: logins", portal.count("login"));
    return counted;
  }

  /** Returns how often a login, a code or a refresh was refused. */
  int refusedLogins() {
    return byName.values().stream().mapToInt(api -> api.count("login-refused")).sum();
  }

  @Override
  public void close() {
    byName.values().forEach(ApiServer::close);
  }
}
