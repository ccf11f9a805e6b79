package dev.heddle.cli.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts frames to the maps and lists of a JSON document; things are nested as they belong together. */
public final class FrameJson {
  private FrameJson() {}

  /** Returns the document of a frame. */
  public static Map<String, @Nullable Object> of(JavaProcess process, LiveFrame frame) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("format", 1);
    json.put("pid", process.pid());
    json.put("command", process.command());
    json.put("time", frame.nanos() / 1_000_000_000.0);
    json.put("omitted", frame.omitted());
    json.put("silent", frame.silent());
    json.put("objects", frame.roots().stream().map(row -> of(row, frame, 0)).toList());
    return json;
  }

  private static Map<String, @Nullable Object> of(FrameRow row, LiveFrame frame, int depth) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", row.kind());
    json.put("name", row.name());
    putText(json, "type", row.type());
    putText(json, "state", row.state());
    putText(json, "text", row.text());
    if (row.age() >= 0) {
      json.put("seconds", row.age() / 1e9);
    }
    if (!row.figures().isEmpty()) {
      json.put("figures", new LinkedHashMap<>(new TreeMap<>(row.figures())));
    }
    List<FrameRow> children = depth < LiveFrame.DEEPEST ? frame.childrenOf(row) : List.of();
    if (!children.isEmpty()) {
      json.put("children", children.stream().map(child -> of(child, frame, depth + 1)).toList());
    }
    return json;
  }

  private static void putText(Map<String, @Nullable Object> json, String key, String text) {
    if (!text.isEmpty()) {
      json.put(key, text);
    }
  }
}
