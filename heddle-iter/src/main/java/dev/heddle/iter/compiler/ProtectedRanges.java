package dev.heddle.iter.compiler;

import dev.heddle.iter.compiler.MethodCode.Try;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The protected ranges of a state machine: those of the body, cut where a suspension saves and restores the frame.
 *
 * <p>While the frame is being restored the local variables do not hold yet what the handlers expect.
 */
final class ProtectedRanges {
  private record Segment(Label start, Label end) {}

  /** A range of the body, and what has been written of it. */
  private static final class Range {
    final Try of;
    final List<Segment> segments = new ArrayList<>();
    @Nullable
    Label start;
    boolean used;

    Range(Try of) {
      this.of = of;
    }
  }

  private final CodeBuilder out;
  private final List<Range> ranges;
  private int at;

  ProtectedRanges(CodeBuilder out, List<Try> tries) {
    this.out = out;
    this.ranges = tries.stream().map(Range::new).toList();
  }

  /** The next code belongs to the instruction of the body with this index. */
  void enter(int index) {
    at = index;
    for (Range range : ranges) {
      if (!range.of.covers(index)) {
        close(range);
      }
    }
    resume();
  }

  /** Code has been written. */
  void used() {
    for (Range range : ranges) {
      range.used |= range.start != null;
    }
  }

  /** The next code is protected by nothing. */
  void pause() {
    ranges.forEach(this::close);
  }

  /** The next code is protected as the body's instruction is. */
  void resume() {
    for (Range range : ranges) {
      if (range.start == null && range.of.covers(at)) {
        range.start = out.newBoundLabel();
        range.used = false;
      }
    }
  }

  private void close(Range range) {
    Label start = range.start;
    if (start != null) {
      if (range.used) {
        range.segments.add(new Segment(start, out.newBoundLabel()));
      }
      range.start = null;
    }
  }

  /** Writes the exception table, in the order of the body's. */
  void write(IntFunction<Label> labels, IntPredicate reachable) {
    for (Range range : ranges) {
      if (reachable.test(range.of.handler())) {
        Label handler = labels.apply(range.of.handler());
        for (Segment each : range.segments) {
          range.of.type().ifPresentOrElse(
              type -> out.exceptionCatch(each.start(), each.end(), handler, type),
              () -> out.exceptionCatchAll(each.start(), each.end(), handler));
        }
      }
    }
  }
}
