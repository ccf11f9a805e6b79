package dev.heddle.images.render;

import dev.heddle.base.Cells;
import dev.heddle.images.ImagesException;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Measures an SVG document before it is rendered: how many points it draws, with all references to other elements, and
 * whether it has only elements whose time grows with these points.
 *
 * <p>The document is read once, without entities and external parts. References are counted as often as they are drawn, so
 * that a hundred elements which draw each other a billion times are found without drawing them.
 */
final class SvgMeasure {
  private static final int MOST_ELEMENTS = 100_000;
  private static final int DEEPEST = 100;
  private static final int DEEPEST_REFERENCES = 200; // together with the elements in which they are
  private static final int CHARS_PER_POINT = 4;
  private static final int POINTS_PER_SHAPE = 4; // such as the corners of a rectangle

  /** Elements that take time for their points only. Masks, patterns, filters and texts can take any time. */
  private static final Set<String> SIMPLE = Set.of("g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
      "defs", "clipPath", "marker", "linearGradient", "radialGradient", "stop", "title", "desc", "metadata", "use");

  /** Attributes that hold no lengths. */
  private static final Set<String> NO_LENGTHS = Set.of("id", "class", "href", "fill", "stroke", "stop-color", "color",
      "version", "aria-label", "clip-path", "mask");

  private static final Pattern REFERENCE = Pattern.compile("url\\(\\s*['\"]?#([^)'\"]+)['\"]?\\s*\\)");

  /** A number of 100,000 or more, also with an exponent. */
  private static final Pattern LARGE_NUMBER = Pattern.compile(
      "(?<![.\\d])\\d{6}|\\d[eE]\\+?(?:[4-9]|\\d{2})|(?<![.\\d])\\d{3,}(?:\\.\\d*)?[eE]\\+?\\d");

  private static final Pattern SCALE = Pattern.compile("(matrix|scale)\\s*\\(([^)]*)\\)");
  private static final int LONGEST_STYLE = 1_000; // a longer one is not worth the stack that its matcher takes

  /**
   * Declarations that cost nothing. Any other may stand for an attribute, such as {@code d}, {@code href} and {@code
   * transform}.
   */
  private static final Pattern HARMLESS_STYLE = Pattern.compile(
      "(?is)\\s*((fill|stroke|stop-color|color|opacity|(fill|stroke|stop)-opacity|(fill|clip)-rule|stroke-line(cap|join)|display)"
          + "\\s*:[^;:(]*(;\\s*|$))*");

  /** An element; references are names of others. */
  private static final class Element {
    final List<Element> children = new ArrayList<>();
    final List<String> references = new ArrayList<>();
    final List<String> clips = new ArrayList<>(); // also among the references
    final List<String> markers = new ArrayList<>(); // drawn at each point
    double points = 1;
    double shapes = 1;
    double scale = 1;
    boolean counting;
    @Nullable
    SvgCost cost;
  }

  private final String code;
  private final Map<String, Element> byId = new HashMap<>();
  private final Deque<Element> open = new ArrayDeque<>();
  private boolean simple = true;
  private boolean hasMarkers;
  private boolean hasStrokes;
  private double widest = 1; // of the lines, by which markers are enlarged
  private int elements;

  private SvgMeasure(String code) {
    this.code = code;
  }

  /**
   * Measures a document.
   *
   * @throws ImagesException.Unreadable if it is no XML, defines entities, or is nested or refers to itself without end
   */
  static SvgCost of(SvgFlag svg) throws ImagesException {
    SvgMeasure measure = new SvgMeasure(svg.code());
    try {
      Element root = measure.read(factory().createXMLStreamReader(new ByteArrayInputStream(svg.bytes())));
      SvgCost cost = measure.cost(root, 0);
      return new SvgCost(cost.points(), cost.shapes(), cost.scale() * (measure.hasMarkers ? measure.widest : 1),
          cost.clipping(), cost.clips(), measure.hasStrokes, cost.simple());
    } catch (XMLStreamException | RuntimeException e) { // the JDK's reader has limits of its own
      throw new ImagesException.Unreadable(
          "the flag of " + svg.code() + " is not an SVG document of " + svg.bytes().length + " bytes: " + text(e), e);
    }
  }

  private static String text(Exception failure) {
    return Cells.printable(
        String.valueOf(failure.getMessage()).lines().limit(2).map(String::strip).collect(Collectors.joining(" ")));
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  private ImagesException.Unreadable refused(String what) {
    return new ImagesException.Unreadable("the flag of " + code + " " + what, null);
  }

  private Element read(XMLStreamReader reader) throws XMLStreamException, ImagesException {
    Element root = null;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          Element element = element(reader, root == null);
          root = root == null ? element : root;
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.DTD -> {
          if (reader.getText() != null && reader.getText().contains("<!ENTITY")) {
            throw refused("defines entities, which are not supported; write them out");
          }
        }
        case XMLStreamConstants.ENTITY_REFERENCE -> throw refused("has an entity reference; write it out");
        default -> {
        }
      }
    }
    if (root == null) {
      throw refused("has no element");
    }
    return root;
  }

  private Element element(XMLStreamReader reader, boolean isRoot) throws ImagesException {
    if (++elements > MOST_ELEMENTS) {
      throw refused("has more than " + MOST_ELEMENTS + " elements; simplify it");
    }
    if (open.size() >= DEEPEST) {
      throw refused("has elements more than " + DEEPEST + " deep; simplify it");
    }
    String name = reader.getLocalName();
    simple &= SIMPLE.contains(name) || (isRoot && name.equals("svg"));
    Element element = new Element();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attribute(element, name, reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    if (!isRoot) {
      open.element().children.add(element);
    }
    open.push(element);
    return element;
  }

  private void attribute(Element element, String of, String name, String value) {
    switch (name) {
      case "id" -> byId.putIfAbsent(value, element);
      case "href" -> {
        if (value.startsWith("#") && !of.equals("a")) {
          element.references.add(value.substring(1));
        }
      }
      case "d", "points" -> element.points += value.length() / (double) CHARS_PER_POINT;
      case "stroke-dasharray", "filter" -> simple &= value.equals("none");
      case "style" -> {
        simple &= value.length() <= LONGEST_STYLE && HARMLESS_STYLE.matcher(value).matches();
        hasStrokes |= value.contains("stroke");
      }
      case "stroke" -> hasStrokes |= !value.equals("none");
      case "transform" -> element.scale = scale(value);
      case "stroke-width" -> widest = Math.max(widest, number(value));
      case "viewBox", "preserveAspectRatio" -> simple &= !of.equals("marker");
      default -> {
      }
    }
    if (!NO_LENGTHS.contains(name) && LARGE_NUMBER.matcher(value).find()) {
      simple = false;
    }
    if (value.contains("url(")) {
      Matcher reference = REFERENCE.matcher(value);
      boolean isMarker = name.startsWith("marker");
      hasMarkers |= isMarker;
      while (reference.find()) {
        (isMarker ? element.markers : element.references).add(reference.group(1));
        if (name.equals("clip-path")) {
          element.clips.add(reference.group(1));
        }
      }
    }
  }

  /** Returns how many times as long a transformation makes a line at the most. */
  private double scale(String transformation) {
    simple &= !transformation.contains("skew");
    double scale = 1;
    Matcher part = SCALE.matcher(transformation);
    while (part.find()) {
      double largest = 0;
      String[] numbers = part.group(2).strip().split("[\\s,]+|(?<=[\\d.])(?=-)");
      for (int i = 0; i < Math.min(numbers.length, 4); i++) {
        largest = Math.max(largest, number(numbers[i]));
      }
      scale *= Math.max(1, part.group(1).equals("matrix") ? 2 * largest : largest);
    }
    return scale;
  }

  /** Returns the size of a number; if it is none, or has a unit, the document is not simple. */
  private double number(String text) {
    try {
      boolean hasUnit = text.endsWith("px") || text.endsWith("pt"); // a third longer at the most
      return Math.abs(Double.parseDouble(hasUnit ? text.substring(0, text.length() - 2) : text));
    } catch (NumberFormatException e) {
      simple = false;
      return 0;
    }
  }

  private SvgCost cost(Element element, int depth) throws ImagesException {
    SvgCost known = element.cost;
    if (known != null) {
      return known;
    }
    if (element.counting) {
      throw refused("has an element that refers to itself; remove the reference");
    }
    if (depth > DEEPEST_REFERENCES) {
      throw refused("has elements and references more than " + DEEPEST_REFERENCES + " deep; simplify it");
    }
    element.counting = true;
    double points = element.points;
    double shapes = element.shapes;
    double scale = 1;
    double clipping = 0;
    int clips = 0;
    List<Element> drawn = new ArrayList<>(element.children);
    for (String name : element.references) {
      Element other = byId.get(name);
      if (other != null) {
        drawn.add(other);
      }
    }
    int once = drawn.size();
    for (String name : element.markers) {
      Element marker = byId.get(name);
      if (marker != null) {
        drawn.add(marker);
      }
    }
    for (int i = 0; i < drawn.size(); i++) {
      SvgCost cost = cost(drawn.get(i), depth + 1);
      double times = i < once ? 1 : 2 * element.points;
      points += times * cost.points();
      shapes += times * cost.shapes();
      clipping += times * cost.clipping();
      clips = Math.max(clips, cost.clips());
      scale = Math.max(scale, cost.scale());
    }
    for (String name : element.clips) {
      Element clip = byId.get(name);
      if (clip != null) {
        SvgCost cost = cost(clip, depth + 1);
        double outline = cost.points() + POINTS_PER_SHAPE * cost.shapes();
        clipping += outline * outline;
      }
    }
    clips += element.clips.isEmpty() ? 0 : 1;
    element.counting = false;
    SvgCost cost = new SvgCost(points, shapes, scale * element.scale, clipping, clips, hasStrokes, simple);
    element.cost = cost;
    return cost;
  }
}
