package dev.heddle.life;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/** A parser for one text in RLE format; see {@link Pattern#ofRle}. */
final class RleReader {
  private static final java.util.regex.Pattern HEADER = java.util.regex.Pattern.compile(
      "\\s*x\\s*=\\s*(\\d{1,20})\\s*,\\s*y\\s*=\\s*(\\d{1,20})\\s*(?:,\\s*rule\\s*=\\s*([^\\s\\p{Cc}]{1,40})\\s*)?",
      java.util.regex.Pattern.CASE_INSENSITIVE);

  /** The notations of Conway's rule, including the older ones with the survivors first. */
  private static final Set<String> CONWAY = Set.of("b3/s23", "s23/b3", "23/3", "b3s23", "life");

  private final List<String> lines;
  private String name;
  private int width;
  private int height;
  private final List<BitSet> rows = new ArrayList<>();

  private int line; // the position, counted from 0
  private int column;
  private int x; // of the next cell in the last of the rows

  RleReader(String name, String text) {
    this.name = name;
    this.lines = text.replaceFirst("^\uFEFF", "").lines().toList(); // some editors begin a text with a byte order mark
  }

  Pattern read() {
    readComments();
    readHeader();
    rows.add(new BitSet());
    while (!readItem()) {
    }
    while (rows.size() < height) {
      rows.add(new BitSet()); // empty rows at the bottom may be omitted
    }
    return new Pattern(name, width, rows.subList(0, height));
  }

  private void readComments() {
    while (line < lines.size() && (lines.get(line).isBlank() || lines.get(line).startsWith("#"))) {
      String comment = lines.get(line++).replaceAll("\\p{Cc}", " "); // the name is printed: no control sequences for the terminal
      if (comment.startsWith("#N") && !comment.substring(2).isBlank()) {
        name = comment.substring(2).strip();
      }
    }
  }

  private void readHeader() {
    if (line == lines.size()) {
      throw error("the header is missing; it should be such as 'x = 3, y = 3, rule = B3/S23'");
    }
    Matcher header = HEADER.matcher(lines.get(line));
    if (!header.matches()) {
      throw error("a header such as 'x = 3, y = 3, rule = B3/S23' is expected here, before the cells");
    }
    width = side(header, 1, "x");
    height = side(header, 2, "y");
    String rule = header.group(3);
    if (rule != null && !CONWAY.contains(withoutBounds(rule))) {
      column = header.start(3);
      throw error("the rule is " + rule + "; only Conway's, B3/S23, is supported");
    }
    line++;
  }

  /** Removes the topology that may follow a rule, as in {@code B3/S23:T100,50}. */
  private static String withoutBounds(String rule) {
    return rule.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
  }

  private int side(Matcher header, int group, String side) {
    String digits = header.group(group);
    int value = digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (value < 1 || value > Grid.MAX_SIDE) {
      column = header.start(group);
      throw error(side + " must be from 1 to " + Grid.MAX_SIDE + ", but is " + digits);
    }
    return value;
  }

  /** Reads the next item, cells or an end of row; returns true at the end of the pattern. */
  private boolean readItem() {
    skipSpace();
    int start = column;
    int count = readCount();
    char tag = column < lines.get(line).length() ? lines.get(line).charAt(column) : '\n';
    switch (tag) {
      case 'b', 'o' -> addCells(tag == 'o', count, start);
      case '$' -> addRows(count, start);
      case '!' -> {
        if (column > start) {
          throw error("a count before the end of the pattern, '!', is not allowed; remove it");
        }
        return true;
      }
      default -> throw error(
          column > start
              ? "'b', 'o' or '$' must follow directly after the count, but here is " + shown(tag)
              : "expected b (empty), o (alive), $ (end of row), ! (end) or a count of them, but here is " + shown(tag));
    }
    column++;
    return false;
  }

  /** Skips white space and comment lines up to the next item. */
  private void skipSpace() {
    while (line < lines.size()) {
      String text = lines.get(line);
      while (column < text.length() && Character.isWhitespace(text.charAt(column))) {
        column++;
      }
      if (column < text.length() && !(column == 0 && text.startsWith("#"))) {
        return;
      }
      line++;
      column = 0;
    }
    line = lines.size() - 1;
    column = lines.getLast().length();
    throw error("the text ends here, but the pattern's end, '!', is missing");
  }

  private int readCount() {
    String text = lines.get(line);
    int start = column;
    int count = 0;
    while (column < text.length() && text.charAt(column) >= '0' && text.charAt(column) <= '9') {
      count = Math.min(10 * count + text.charAt(column++) - '0', 10 * Grid.MAX_SIDE); // bounded, so that it does not overflow
    }
    if (column > start && count == 0) {
      column = start;
      throw error("a count must be at least 1, but is 0");
    }
    return column > start ? count : 1;
  }

  private void addCells(boolean alive, int count, int start) {
    if (rows.size() > height) {
      column = start;
      throw tooManyRows();
    }
    if (count > width - x) {
      column = start;
      throw error("row " + rows.size() + " has more than the " + width + " cells of the header (x)");
    }
    if (alive) {
      rows.getLast().set(x, x + count);
    }
    x += count;
  }

  private void addRows(int count, int start) {
    if (count > height - rows.size() + 1) { // the last row may have an end as well
      column = start;
      throw tooManyRows();
    }
    for (int i = 0; i < count; i++) {
      rows.add(new BitSet());
    }
    x = 0;
  }

  private RleException tooManyRows() {
    return error("the pattern has more than the " + height + " rows of the header (y)");
  }

  private static String shown(char c) {
    if (c == '\n') {
      return "the end of the line";
    }
    return Character.isISOControl(c) || Character.isSurrogate(c) ? "U+%04X".formatted((int) c) : "'" + c + "'";
  }

  private RleException error(String reason) {
    return new RleException(line + 1, column + 1, reason);
  }
}
