package dev.authgraft.internal.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.authgraft.internal.util.JsonCodec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stored credentials as JSON. Members that this version does not know are ignored, so a later one
 * may add some; one that changes the meaning of a member raises {@code format}, and is refused
 * here.
 */
public final class StoredCredentialFormat {
  private static final int VERSION = 1;

  /** A token has a few kilobytes; what is larger than this is something else. */
  private static final int LONGEST_BYTES = 1 << 20;

  private StoredCredentialFormat() {}

  /** Returns {@code stored} as bytes, which hold its secrets in clear. */
  public static byte[] write(StoredCredential stored) {
    try {
      return JsonCodec.write(to -> write(stored, to));
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed");
    }
  }

  private static void write(StoredCredential stored, JsonGenerator to) throws IOException {
    TokenLife life = stored.life();
    to.writeStartObject();
    to.writeNumberField("format", VERSION);
    to.writeStringField("type", stored.type());
    to.writeNumberField("written", stored.writtenAt());
    to.writeNumberField("issued", life.issuedAt());
    if (life.isKnown()) {
      to.writeNumberField("renew", life.staleAt());
      to.writeNumberField("expires", life.expiresAt());
    }
    to.writeBooleanField("accepted", stored.isAccepted());
    if (stored.hasCookies()) {
      to.writeObjectFieldStart("cookies");
      for (Map.Entry<String, String> cookie : stored.cookies().entrySet()) {
        to.writeStringField(cookie.getKey(), cookie.getValue());
      }
      to.writeEndObject();
    } else {
      to.writeStringField("token", stored.token());
    }
    RefreshToken refresh = stored.refreshToken();
    if (refresh != null) {
      to.writeObjectFieldStart("refresh");
      to.writeStringField("token", refresh.value());
      to.writeBooleanField("single-use", refresh.isSingleUse());
      to.writeBooleanField("spent", refresh.isSpent());
      to.writeEndObject();
    }
    to.writeEndObject();
  }

  /**
   * Returns what {@link #write} wrote.
   *
   * @throws StoredCredentialException if {@code bytes} are no stored credential, or one of a later
   *     format; the message holds nothing of them
   */
  public static StoredCredential read(byte[] bytes) throws StoredCredentialException {
    if (bytes.length > LONGEST_BYTES) throw invalid("is longer than a megabyte");
    Map<?, ?> members = object(parse(bytes), "the document");
    long version = number(members, "format");
    if (version > VERSION) {
      throw invalid("has format " + version + ", and this version reads up to " + VERSION);
    }
    if (version < 1) throw invalid("has a format below 1");
    TokenLife life = life(members);
    Credential credential =
        members.get("cookies") == null
            ? Credential.ofToken(text(members, "token"), life, refreshToken(members))
            : Credential.ofCookies(cookies(members), life);
    if (flag(members, "accepted")) credential.accept();
    return new StoredCredential(text(members, "type"), credential, number(members, "written"));
  }

  private static @Nullable Object parse(byte[] bytes) throws StoredCredentialException {
    try {
      return JsonCodec.read(bytes);
    } catch (JsonCodec.MalformedException e) {
      throw invalid("is not JSON");
    }
  }

  private static TokenLife life(Map<?, ?> members) throws StoredCredentialException {
    long issued = number(members, "issued");
    if (members.get("expires") == null) return TokenLife.unknown(issued);
    long renew = number(members, "renew");
    long expires = number(members, "expires");
    if (renew > expires || issued > expires)
      throw invalid("expires before it is issued or renewed");
    return TokenLife.restored(issued, renew, expires);
  }

  private static Map<String, String> cookies(Map<?, ?> members) throws StoredCredentialException {
    Map<String, String> cookies = new LinkedHashMap<>();
    Map<?, ?> written = object(members.get("cookies"), "'cookies'");
    for (Object name : written.keySet()) {
      cookies.put(String.valueOf(name), text(written, String.valueOf(name), "a cookie"));
    }
    if (cookies.isEmpty()) throw invalid("has no cookie in 'cookies'");
    return cookies;
  }

  private static @Nullable RefreshToken refreshToken(Map<?, ?> members)
      throws StoredCredentialException {
    if (members.get("refresh") == null) return null;
    Map<?, ?> refresh = object(members.get("refresh"), "'refresh'");
    RefreshToken token = new RefreshToken(text(refresh, "token"), flag(refresh, "single-use"));
    if (flag(refresh, "spent")) token.refuse();
    return token;
  }

  private static Map<?, ?> object(@Nullable Object value, String name)
      throws StoredCredentialException {
    if (value instanceof Map) return (Map<?, ?>) value;
    throw invalid("is broken: " + name + " is no object");
  }

  private static String text(Map<?, ?> members, String name) throws StoredCredentialException {
    return text(members, name, "'" + name + "'");
  }

  /* The names of cookies are the server's, and not repeated. */
  private static String text(Map<?, ?> members, String name, String shown)
      throws StoredCredentialException {
    Object value = members.get(name);
    if (value instanceof String) return (String) value;
    throw invalid("is broken: " + shown + " is no text");
  }

  private static long number(Map<?, ?> members, String name) throws StoredCredentialException {
    Object value = members.get(name);
    // A sum of such times must not overflow.
    if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      if (Math.abs(number) < Long.MAX_VALUE / 4) return number;
    }
    throw invalid("is broken: '" + name + "' is no whole number");
  }

  private static boolean flag(Map<?, ?> members, String name) throws StoredCredentialException {
    Object value = members.get(name);
    if (value instanceof Boolean) return (Boolean) value;
    throw invalid("is broken: '" + name + "' is neither true nor false");
  }

  private static StoredCredentialException invalid(String why) {
    return new StoredCredentialException("the stored credential " + why);
  }
}
