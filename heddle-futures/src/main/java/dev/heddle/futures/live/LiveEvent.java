package dev.heddle.futures.live;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A row of the view as an event of the Flight Recorder; off unless a viewer asks for it. The last row of a look is of the kind
 * "end". Fields may be added; a viewer reads those that it knows.
 */
@Name("dev.heddle.Live")
@Label("Live row")
@Category("Heddle")
@Description("A row of the view that heddle ps shows")
@StackTrace(false)
@Enabled(false)
final class LiveEvent extends Event {
  /** Raised when the meaning of a field changes; not when one is added. */
  static final int FORMAT = 1;

  @Label("Format")
  int format = FORMAT;

  @Label("Copy of Heddle")
  long copy;

  @Label("Look")
  long look;

  @Label("Kind")
  String kind = "";

  @Label("Identity")
  String id = "";

  @Label("Parent")
  String parent = "";

  @Label("Name")
  String name = "";

  @Label("Type")
  String type = "";

  @Label("State")
  String state = "";

  @Label("Age in nanoseconds")
  long age = -1;

  @Label("Figures")
  String figures = "";

  @Label("Text")
  String text = "";
}
