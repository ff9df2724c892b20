package dev.authgraft.admin;

import java.util.List;

/** A rule of the config, as plain values. Immutable. */
public interface RuleSummary {
  /** Returns its number, counted from 1. */
  int number();

  /** Returns the methods that it is for, none for any. */
  List<String> methods();

  /** Returns the patterns of hosts as they were written. */
  List<String> hosts();

  /** Returns the patterns of paths as they were written, none for any. */
  List<String> paths();

  /** Returns the name of the strategy, {@code none} among them. */
  String strategy();

  /** Returns the position of the rule: {@code authgraft.yml:38:5}. */
  String position();
}
