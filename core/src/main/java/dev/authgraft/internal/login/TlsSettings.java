package dev.authgraft.internal.login;

import dev.authgraft.internal.secret.NamedFiles;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.FileAccess;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Time;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The trust store and the key store that a config names, read when they are first needed. */
public final class TlsSettings {
  private final @Nullable Store trustStore;
  private final @Nullable Store keyStore;
  private @Nullable SSLContext context;
  private @Nullable X509TrustManager trustManager;

  public TlsSettings(@Nullable Store trustStore, @Nullable Store keyStore) {
    this.trustStore = trustStore;
    this.keyStore = keyStore;
  }

  /** Adds the stores, and the files that their passwords come from. */
  void addFiles(NamedFiles files, SourcePosition position) {
    for (Store store : new Store[] {trustStore, keyStore}) {
      if (store == null) continue;
      files.add(position, store.file.toPath());
      if (store.password != null) files.add(store.password.position(), store.password);
    }
  }

  synchronized SSLContext context() throws IOException {
    if (context == null) {
      try {
        SSLContext built = SSLContext.getInstance("TLS");
        KeyManager[] keys = keyStore == null ? null : keyManagers(keyStore);
        built.init(keys, new TrustManager[] {trustManager()}, null);
        context = built;
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot set up TLS for logins: " + e.getMessage(), e);
      }
    }
    return context;
  }

  synchronized X509TrustManager trustManager() throws IOException {
    if (trustManager == null) {
      trustManager =
          trustStore == null ? jvmTrustManager() : x509TrustManager(trustStore.read(), trustStore);
    }
    return trustManager;
  }

  static SSLContext jvmContext() throws IOException {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IOException("the JVM has no default TLS context: " + e.getMessage(), e);
    }
  }

  static X509TrustManager jvmTrustManager() throws IOException {
    return x509TrustManager(null, null);
  }

  private static X509TrustManager x509TrustManager(
      @Nullable KeyStore certificates, @Nullable Store store) throws IOException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(certificates);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager) return (X509TrustManager) manager;
      }
      throw new IOException("the JVM has no X.509 trust manager");
    } catch (GeneralSecurityException e) {
      String name = store == null ? "the JVM's trust store" : store.toString();
      throw new IOException("cannot use " + name + ": " + e.getMessage(), e);
    }
  }

  private static KeyManager[] keyManagers(Store store) throws IOException {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store.read(), store.password());
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use " + store + ": " + e.getMessage(), e);
    }
  }

  /** One PKCS#12 or JKS file. */
  public static final class Store {
    private final File file;
    private final @Nullable Template password;

    public Store(File file, @Nullable Template password) {
      this.file = file;
      this.password = password;
    }

    KeyStore read() throws IOException {
      try {
        byte[] read =
            FileAccess.within(Time.SYSTEM, file.toPath(), () -> Files.readAllBytes(file.toPath()));
        // "JKS" reads PKCS#12 as well (JDK 8u60 and later), "PKCS12" reads JKS as well (JDK 9).
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(new ByteArrayInputStream(read), password());
        return store;
      } catch (NoSuchFileException e) {
        throw new IOException("cannot read " + this + ": it does not exist");
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot read " + this + ": " + e.getMessage(), e);
      } catch (IOException e) {
        throw new IOException("cannot read " + this + ": " + e.getMessage(), e);
      }
    }

    char @Nullable [] password() throws IOException {
      return password == null ? null : password.resolve(new StepValues()).toCharArray();
    }

    @Override
    public String toString() {
      return file.getPath();
    }
  }
}
