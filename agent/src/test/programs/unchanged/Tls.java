import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** One end of TLS: whose key it has, and whose certificate it trusts. */
final class Tls {
  /** The folder with the keys that the test made: a store for each name. */
  private static final String KEYS = System.getProperty("unchanged.keys");

  private static final char[] PASSWORD = "secret".toCharArray();

  /** What was read: that takes half a second each time. */
  private static final Map<String, KeyStore> STORES = new HashMap<>();

  final SSLContext context;
  final X509TrustManager trust;

  private Tls(String key, String trusted) {
    try {
      trust = trust(trusted);
      context = SSLContext.getInstance("TLS");
      context.init(key == null ? null : keys(key), new X509TrustManager[] {trust}, null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the end of one.test, which knows the program's key. */
  static Tls server() {
    return new Tls("server", "program");
  }

  /** Returns the end of a program without a key. */
  static Tls program() {
    return new Tls(null, "server");
  }

  /** Returns the end of a program that shows a certificate to who wants one. */
  static Tls programWithKey() {
    return new Tls("program", "server");
  }

  /** Returns the end of a program that does not trust one.test. */
  static Tls distrustful() {
    return new Tls(null, "program");
  }

  /** Returns the step that goes on in TLS. */
  static Answer.Step begin() {
    Tls server = server();
    return connection -> connection.secure(server.socket(connection));
  }

  /** Returns the step that wants a certificate as well, and says whose it is shown. */
  static Answer.Step beginWanting(Stage stage, String protocol) {
    Tls server = server();
    return connection -> {
      SSLSocket socket = server.socket(connection);
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setWantClientAuth(true);
      connection.secure(socket);
      stage.server(connection + "   shown " + shown(socket.getSession()));
    };
  }

  /** Returns the step that goes on in HTTP/2. */
  static Answer.Step beginHttp2() {
    Tls server = server();
    return connection -> {
      SSLSocket socket = server.socket(connection);
      SSLParameters parameters = socket.getSSLParameters();
      try { // every JDK 8 of today has that, but not its API
        SSLParameters.class
            .getMethod("setApplicationProtocols", String[].class)
            .invoke(parameters, (Object) new String[] {"h2"});
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
      socket.setSSLParameters(parameters);
      connection.secure(socket);
    };
  }

  private SSLSocket socket(Wire.Connection connection) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(connection.socket, null, true);
  }

  private static String shown(SSLSession session) {
    try {
      return session.getProtocol() + " " + session.getPeerPrincipal();
    } catch (SSLPeerUnverifiedException e) {
      return session.getProtocol() + " nothing";
    }
  }

  static Certificate certificate(String name) {
    try {
      return store(name).getCertificate(name);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager[] keys(String name) throws GeneralSecurityException, IOException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store(name), PASSWORD);
    return factory.getKeyManagers();
  }

  private static X509TrustManager trust(String name) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, store(name).getCertificate(name));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static synchronized KeyStore store(String name)
      throws GeneralSecurityException, IOException {
    KeyStore store = STORES.get(name);
    if (store != null) return store;
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Paths.get(KEYS, name + ".p12"))) {
      store.load(in, PASSWORD);
    }
    STORES.put(name, store);
    return store;
  }
}
