package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.FileAccess;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * {@code ${pkcs12:FILE#ALIAS}}: a secret key of a PKCS#12 key store, as {@code keytool -importpass}
 * makes it; {@code ${pkcs12:ALIAS}} where the settings name the file.
 */
public final class KeyStoreSecrets implements SecretSource {
  @Override
  public String scheme() {
    return "pkcs12";
  }

  @Override
  public Set<String> settings() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList("file", "password")));
  }

  @Override
  public void check(String name) throws SecretException {
    if (name.endsWith("#") || name.startsWith("#")) {
      throw new SecretException("${pkcs12:…} is written ${pkcs12:FILE#ALIAS} or ${pkcs12:ALIAS}");
    }
  }

  @Override
  public String read(String name, SecretSettings settings) throws SecretException {
    String file = file(name, settings);
    char[] password = settings.require("password").toCharArray();
    try {
      Path path = FileSecrets.resolve(settings.directory(), file);
      return read(
          ConfiguredSourceSettings.timeOf(settings),
          path,
          name.substring(name.lastIndexOf('#') + 1),
          password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Returns the key store of {@code name}: its own, or that of the settings. */
  static String file(String name, SecretSettings settings) throws SecretException {
    int hash = name.lastIndexOf('#');
    return hash < 0 ? settings.require("file") : name.substring(0, hash);
  }

  private static String read(Time time, Path file, String alias, char[] password)
      throws SecretException {
    String title = "key store " + file;
    try {
      byte[] read = FileAccess.within(time, file, () -> Files.readAllBytes(file));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(read), password);
      Key key = store.getKey(alias, password);
      byte[] encoded = key instanceof SecretKey ? key.getEncoded() : null;
      if (encoded != null) return FileSecrets.text(encoded, "entry '" + alias + "' of " + title);
      throw new SecretException(
          title
              + (store.containsAlias(alias)
                  ? " has no secret under '" + alias + "', but a key or a certificate"
                  : " has no entry '" + alias + "'")
              + " (make it with keytool -importpass -alias "
              + alias
              + " -storetype PKCS12)");
    } catch (SecretException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new SecretException(title + " does not exist");
    } catch (UnrecoverableKeyException e) {
      throw wrongPassword(title);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) throw wrongPassword(title);
      throw new SecretException(
          title + " cannot be read (is it PKCS#12, and may this user read it?)");
    } catch (GeneralSecurityException e) {
      throw new SecretException(title + " cannot be read: " + e.getClass().getName());
    }
  }

  private static SecretException wrongPassword(String title) {
    return new SecretException(
        title + " does not open: its password is another (see secrets: {pkcs12: {password: …}})");
  }
}
