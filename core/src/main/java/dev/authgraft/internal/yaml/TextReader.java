package dev.authgraft.internal.yaml;

import java.io.StringReader;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.ScannerException;

/** The reader from which SnakeYAML's parser takes a text. */
final class TextReader extends StreamReader {
  /* The parser's own reader moves a window over the text and copies it for each kilobyte of a long
   * word: two gigabytes for a word of one megabyte. This one has the text in one piece. */
  private final String name;
  private final int[] text;
  private int at;
  private int line;
  private int column;
  private int documentStart;

  /**
   * @throws YAMLException if a character is not printable, as YAML 1.2, section 5.1, has it
   */
  TextReader(String name, String yaml) {
    super(new StringReader(""));
    this.name = name;
    this.text = new int[yaml.codePointCount(0, yaml.length())];
    for (int i = 0, from = 0; i < text.length; i++) {
      int c = yaml.codePointAt(from);
      if (!isPrintable(c)) throw refused(c, i);
      from += Character.charCount(c);
      text[i] = c;
    }
  }

  private YAMLException refused(int c, int index) {
    forward(index);
    String remedy = c == 0 ? "save it as UTF-8" : "remove it"; // UTF-16 has one with each letter
    String what = String.format("a control character, U+%04X (%s)", c, remedy);
    return new ScannerException("", getMark(), what, getMark());
  }

  @Override
  public Mark getMark() {
    return new Mark(name, at, line, column, text, at);
  }

  @Override
  public void forward(int length) {
    for (int end = Math.min(at + length, text.length); at < end; ) {
      int c = text[at++];
      if (isLineEnd(c)) {
        line++;
        column = 0;
      } else if (c != '\ufeff') {
        column++;
      }
    }
  }

  /** Returns whether {@code c}, the last character read, ends a line; of CR LF only LF does. */
  private boolean isLineEnd(int c) {
    if (c == '\r') return at < text.length && text[at] != '\n';
    return c == '\n' || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  @Override
  public int peek() {
    return peek(0);
  }

  @Override
  public int peek(int index) {
    return at + index < text.length ? text[at + index] : '\0';
  }

  @Override
  public String prefix(int length) {
    return new String(text, at, Math.min(length, text.length - at));
  }

  @Override
  public String prefixForward(int length) {
    String prefix = prefix(length);
    at = Math.min(at + length, text.length);
    column += length;
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  @Override
  public int getDocumentIndex() {
    return at - documentStart;
  }

  @Override
  public void resetDocumentIndex() {
    documentStart = at;
  }

  @Override
  public int getIndex() {
    return at;
  }

  @Override
  public int getLine() {
    return line;
  }
}
