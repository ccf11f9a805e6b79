package dev.heddle.benchmarks.measure;

import java.io.PrintStream;
import java.util.List;

/** The benchmarks of one part of Heddle, such as those of its futures. */
public interface Area {

  /**
   * Runs the benchmarks; takes minutes.
   *
   * @param out is told what is being measured
   */
  List<Figure> measure(PrintStream out) throws Exception;
}
