package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.UrlEncoding;
import dev.authgraft.spi.SecretException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text with placeholders, resolved anew each time it is used. */
public final class Template {
  private final List<Part> parts;
  private final SourcePosition position;

  public Template(List<Part> parts, SourcePosition position) {
    this.parts = parts;
    this.position = position;
  }

  public SourcePosition position() {
    return position;
  }

  /** Returns the text if it holds no placeholder, or null. */
  public @Nullable String literal() {
    return parts.size() == 1 ? parts.get(0).literal() : parts.isEmpty() ? "" : null;
  }

  /** Returns the text before the first placeholder. */
  public String literalStart() {
    String first = parts.isEmpty() ? "" : parts.get(0).literal();
    return first == null ? "" : first;
  }

  /** Returns whether the placeholder {@code step} is part of the text. */
  public boolean uses(String step) {
    for (Part part : parts) {
      if (step.equals(part.step())) return true;
    }
    return false;
  }

  /**
   * Returns the text with every placeholder's present value.
   *
   * @throws SecretException if a value is missing
   */
  public String resolve(StepValues stepValues) throws SecretException {
    if (parts.size() == 1) return parts.get(0).resolve(stepValues);
    StringBuilder text = new StringBuilder();
    for (Part part : parts) text.append(part.resolve(stepValues));
    return text.toString();
  }

  /**
   * Returns the text as a URL: the values of placeholders in its query are encoded, as those of a
   * form are.
   *
   * @throws SecretException if a value is missing
   */
  public String resolveUrl(StepValues stepValues) throws SecretException {
    StringBuilder url = new StringBuilder();
    boolean inQuery = false;
    for (Part part : parts) {
      String text = part.resolve(stepValues);
      boolean encodes = inQuery && part.literal() == null;
      url.append(encodes ? UrlEncoding.encode(text).replace("+", "%20") : text);
      inQuery |= part.literal() != null && text.indexOf('?') >= 0;
    }
    return url.toString();
  }

  public List<Part> parts() {
    return parts;
  }

  /** Returns the text as it was written, which holds no secret but what the file itself holds. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) text.append(part);
    return text.toString();
  }

  /** A literal, or one placeholder. */
  public interface Part {
    String resolve(StepValues stepValues) throws SecretException;

    default @Nullable String literal() {
      return null;
    }

    default @Nullable String step() {
      return null;
    }

    /** Adds the files that the value comes from, or that are run for it. */
    default void addFiles(NamedFiles files, SourcePosition position) {}
  }

  public static final class Literal implements Part {
    private final String text;

    public Literal(String text) {
      this.text = text;
    }

    @Override
    public String resolve(StepValues stepValues) {
      return text;
    }

    @Override
    public String literal() {
      return text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A user and a password as the scheme Basic presents them (RFC 7617, section 2). */
  public static final class Basic implements Part {
    private final Template user;
    private final Template password;
    private final boolean formEncoded;

    /**
     * @param formEncoded whether both are encoded as a form has them first, as OAuth 2.0 wants it
     *     (RFC 6749, section 2.3.1)
     */
    public Basic(Template user, Template password, boolean formEncoded) {
      this.user = user;
      this.password = password;
      this.formEncoded = formEncoded;
    }

    @Override
    public String resolve(StepValues stepValues) throws SecretException {
      String id = encoded(stepValues.secret(user.resolve(stepValues)));
      if (id.indexOf(':') >= 0) {
        throw new SecretException(
            "a user name with a ':' cannot be presented by Basic", user.position.toString());
      }
      String pair = id + ":" + encoded(stepValues.secret(password.resolve(stepValues)));
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      return stepValues.secret(Base64.getEncoder().encodeToString(bytes));
    }

    private String encoded(String text) {
      return formEncoded ? UrlEncoding.encode(text) : text;
    }

    @Override
    public String toString() {
      return "██";
    }
  }

  /** {@code ${token}}: what an earlier step of the same login yielded. */
  public static final class Step implements Part {
    private final String name;

    public Step(String name) {
      this.name = name;
    }

    @Override
    public String resolve(StepValues stepValues) throws SecretException {
      return stepValues.step(name);
    }

    @Override
    public String step() {
      return name;
    }

    @Override
    public String toString() {
      return "${" + name + "}";
    }
  }

  /** {@code ${env:NAME:-fallback}} and its like. */
  public static final class Reference implements Part {
    private final String written;
    private final SecretReference secret;
    private final @Nullable String fallback;
    private final SourcePosition position;

    public Reference(
        String written,
        SecretReference secret,
        @Nullable String fallback,
        SourcePosition position) {
      this.written = written;
      this.secret = secret;
      this.fallback = fallback;
      this.position = position;
    }

    @Override
    public String resolve(StepValues stepValues) throws SecretException {
      String value;
      try {
        value = secret.read(stepValues.policy());
      } catch (PendingSecretException e) {
        throw e; // It may well be there.
      } catch (SecretException e) {
        if (fallback != null) return fallback;
        throw new SecretException(e.reason(), position.toString());
      }
      if (!value.isEmpty()) return stepValues.secret(value);
      // As in a shell, an empty value is a missing one, and `:-` alone asks for an empty one.
      if (fallback != null) return fallback;
      throw new SecretException(secret + " is empty", position.toString());
    }

    @Override
    public void addFiles(NamedFiles files, SourcePosition at) {
      secret.addFiles(files, at);
    }

    @Override
    public String toString() {
      return written;
    }
  }
}
