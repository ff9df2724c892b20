package dev.authgraft.agent;

/** Helps on after a word that is not known. */
final class Suggestion {
  private Suggestion() {}

  /** Returns a text that goes behind {@code word}: the nearest choice if one is near, and all. */
  static String among(String word, String[] choices) {
    String nearest = "";
    int least = word.length() / 2 + 1;
    StringBuilder all = new StringBuilder();
    for (String choice : choices) {
      int distance = distance(word, choice);
      if (distance < least) {
        least = distance;
        nearest = choice;
      }
      all.append(all.length() == 0 ? "" : ", ").append(choice);
    }
    String hint = nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
    return hint + " (known: " + all + ")";
  }

  /** Returns how many letters must be put in, left out or changed to make one of the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) row[column] = column;
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int change = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(change, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
