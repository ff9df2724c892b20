package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.internal.login.HiddenFields;
import dev.authgraft.internal.login.Reason;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of the largest size, in whatever shape costs most, is read in the time of the others. */
final class HostilePagesTest {
  /**
   * Of the processor. It takes two seconds at most, and was seen to take twenty where others crowd
   * the caches; what grows with the square takes half an hour.
   */
  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * {@code again} is repeated, with a number in place of %. Each was the worst of its kind in one
   * parser or another: depth, attributes, forms in forms, elements that are closed by others or
   * formatted again, tags and entities and comments without an end.
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        ",<div>",
        ",<div></p>",
        ",</p>",
        ",<ul><li>",
        ",<b><p>",
        ",<b %>",
        ",<b><a>",
        ",<a><p>",
        ",<font><p>",
        ",<form>",
        ",<form><div></form>",
        ",<form><table></form>",
        ",<form><input type=hidden name=%></form>",
        ",<input type=hidden name=%>",
        ",<input type=password name=%>",
        "<form><input type=password>,<input type=hidden name=a>",
        "<input, %=1",
        "<input, a",
        "<input type=hidden name=a value=',&amp",
        "<input type=hidden name=a value=',&",
        ",&",
        "&,a",
        "&#,1",
        ",<",
        ",<a",
        ",<!--",
        "<!--,-",
        ",<!",
        ",<?",
        "<svg>,<![CDATA[",
        "<script>,</",
        "<script><!--,<script>",
        "<textarea>,</textare",
        "<title>,</",
        ",<table>",
        ",<table><tr><td>",
        "<table>,<a>x",
        ",<select><option>",
        ",<math><mi>",
        ",<template>",
        ",<body %=1>",
        ",<html %=1>",
        ",<base href=%>",
        ",<meta charset=x%>",
      })
  @Timeout(3600)
  void pageOfTheLargestSizeIsReadInBounds(String first, String again) {
    StringBuilder page = new StringBuilder(first == null ? "" : first);
    for (int i = 0; page.length() < LoginTransport.MAX_BODY_BYTES; i++) {
      page.append(again.replace("%", Integer.toString(i, Character.MAX_RADIX)));
    }
    page.setLength(LoginTransport.MAX_BODY_BYTES);
    byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
    LoginResponse answer =
        LoginResponse.builder(500, bytes).header("Content-Type", "text/html").build();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = threads.getCurrentThreadCpuTime();
    HiddenFields.of(answer);
    HiddenFields.passwordFields(answer);
    Reason.of(answer, Collections.singletonList("secret"));
    nanos = threads.getCurrentThreadCpuTime() - nanos;
    assertThat(nanos).isLessThan(MOST_NANOS);
  }
}
