package dev.authgraft.agent.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** Standard output that reports a failed write, for example to a full disk. */
final class StandardOutput extends FilterOutputStream {
  /* A PrintStream hides failures, so a truncated schema would look like a success. */
  private boolean broken;

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    super(out);
  }

  Writer writer() {
    String name = System.getProperty("stdout.encoding", ""); // from Java 19 on
    Charset charset = name.isEmpty() ? Charset.defaultCharset() : Charset.forName(name);
    return new OutputStreamWriter(this, charset);
  }

  /** Returns whether a write failed. A pipe that its reader closed does not count. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      boolean pipe = String.valueOf(e.getMessage()).contains("ipe");
      if (!pipe && !broken) {
        System.err.println("cannot write to standard output: " + e.getMessage());
      }
      broken |= !pipe;
      throw e;
    }
  }
}
