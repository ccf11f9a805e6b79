package dev.heddle.cli.each;

import dev.heddle.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a run of {@code heddle each} in this JVM has ended. */
record EachRun(int code, String out, String err) {
  List<String> lines() {
    return out.lines().toList();
  }

  static EachRun each(String... args) {
    return each(InputStream.nullInputStream(), args);
  }

  static EachRun each(InputStream in, String... args) {
    StringWriter messages = new StringWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream inBefore = System.in;
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setIn(in);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      String[] all = new String[args.length + 1];
      all[0] = "each";
      System.arraycopy(args, 0, all, 1, args.length);
      int code = Main.commandLine(new PrintWriter(messages, true), new PrintWriter(messages, true)).execute(all);
      return new EachRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8) + messages);
    } finally {
      System.setIn(inBefore);
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
