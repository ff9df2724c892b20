package dev.authgraft.internal.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token strategy does to obtain a credential, as its config says. Immutable. */
public final class LoginSteps {
  private final @Nullable Exchange page;
  private final @Nullable Exchange preAuth;
  private final @Nullable OneTimeCodeSource code;
  private final Exchange login;
  private final @Nullable RefreshStep refresh;
  private final @Nullable Duration lifetime;
  private final @Nullable Duration refreshAhead;

  private LoginSteps(Builder builder) {
    this.page = builder.page;
    this.preAuth = builder.preAuth;
    this.code = builder.code;
    this.login = builder.login;
    this.refresh = builder.refresh;
    this.lifetime = builder.lifetime;
    this.refreshAhead = builder.refreshAhead;
  }

  /** Returns a builder of steps of which {@code login} is the last and, so far, the only one. */
  public static Builder builder(Exchange login) {
    return new Builder(login);
  }

  /** Builds steps; null leaves a step out. For use by one thread. */
  public static final class Builder {
    private final Exchange login;
    private @Nullable Exchange page;
    private @Nullable Exchange preAuth;
    private @Nullable OneTimeCodeSource code;
    private @Nullable RefreshStep refresh;
    private @Nullable Duration lifetime;
    private @Nullable Duration refreshAhead;

    private Builder(Exchange login) {
      this.login = login;
    }

    /** Sets the page with the login form, which is fetched first. */
    public Builder page(@Nullable Exchange page) {
      this.page = page;
      return this;
    }

    /** Sets the exchange that precedes the code of a second factor. */
    public Builder preAuth(@Nullable Exchange preAuth) {
      this.preAuth = preAuth;
      return this;
    }

    /** Sets where the code of a second factor comes from. */
    public Builder code(@Nullable OneTimeCodeSource code) {
      this.code = code;
      return this;
    }

    public Builder refresh(@Nullable RefreshStep refresh) {
      this.refresh = refresh;
      return this;
    }

    /** Sets the life to assume if neither the answer nor the token says how long it is. */
    public Builder lifetime(@Nullable Duration lifetime) {
      this.lifetime = lifetime;
      return this;
    }

    /** Sets how long before its end a credential is renewed. */
    public Builder refreshAhead(@Nullable Duration refreshAhead) {
      this.refreshAhead = refreshAhead;
      return this;
    }

    public LoginSteps build() {
      return new LoginSteps(this);
    }
  }

  @Nullable Exchange page() {
    return page;
  }

  @Nullable Exchange preAuth() {
    return preAuth;
  }

  @Nullable OneTimeCodeSource code() {
    return code;
  }

  Exchange login() {
    return login;
  }

  @Nullable RefreshStep refresh() {
    return refresh;
  }

  @Nullable Duration lifetime() {
    return lifetime;
  }

  @Nullable Duration refreshAhead() {
    return refreshAhead;
  }

  /** Returns all exchanges, in the order in which they are sent. */
  List<Exchange> exchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    if (page != null) exchanges.add(page);
    if (preAuth != null) exchanges.add(preAuth);
    Exchange ofCode = code == null ? null : code.exchange();
    if (ofCode != null) exchanges.add(ofCode);
    exchanges.add(login);
    if (refresh != null) exchanges.add(refresh.exchange());
    return exchanges;
  }
}
