package dev.heddle.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.TransferLimits;
import dev.heddle.futures.Retry;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that take endless time or memory to render, or read what is not theirs: each costs its own picture only. */
@Timeout(120)
final class HostileSvgTest {
  private static final String HEAD = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
      + " width='64' height='48' viewBox='0 0 64 48'>";
  private static final String ENTITIES = "<!DOCTYPE svg [<!ENTITY a0 'lol'>"
      + repeated(1, 12, "<!ENTITY aI '&aJ;&aJ;&aJ;&aJ;&aJ;&aJ;&aJ;&aJ;'>")
      + "]>";

  private final FlagServer server = start();
  private final List<String> spied = Collections.synchronizedList(new ArrayList<>());
  private final Uploads uploads = new Uploads();
  private ImageClient client;

  /**
   * A document.
   *
   * @param expected what its failure says, as a regular expression; {@link #RENDERED} if there is none
   */
  record Bomb(String name, String expected, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String RENDERED = "rendered";
  private static final String NARROW = "a side may be at the most 10.0 times as long as the other";
  private static final String DRAWS_TOO_MUCH = "points with all its references, which would take too long";
  private static final String NO_SVG = "is not an SVG document";
  private static final String TOO_MUCH = "took longer to render than 3 s|it ran out of memory"; // whichever comes first on this machine
  private static final String DASHES = HEAD + "<path d='M0 0H1000000000' stroke='red' stroke-dasharray='0.000001'/></svg>";
  private static final String ALL = "<rect width='64' height='48' ";

  private static Bomb sized(String name, String width, String height) {
    return new Bomb(name, NARROW,
        "<svg xmlns='http://www.w3.org/2000/svg' width='" + width + "' height='" + height
            + "'><rect width='1' height='1'/></svg>");
  }

  private static Bomb drawn(String name, String expected, String content) {
    return new Bomb(name, expected, HEAD + content + "</svg>");
  }

  /** Returns a document of elements each of which uses the one before four times. */
  private static Bomb nested(String element, String attribute) {
    String four = (ALL + attribute + "='url(#mJ)'/>").repeat(4);
    return drawn(element, DRAWS_TOO_MUCH,
        "<defs><" + element + " id='m0'>" + ALL + "/></" + element + ">"
            + repeated(1, 30, "<" + element + " id='mI'>" + four + "</" + element + ">")
            + "</defs>" + ALL + attribute + "='url(#m29)'/>");
  }

  static List<Bomb> bombs() {
    return List.of(
        sized("tall", "1", "1000000"),
        sized("taller", "1", "1e9"),
        sized("wide", "1e9", "1"),
        sized("nothing high", "1", "0"),
        drawn("use", DRAWS_TOO_MUCH, "<defs><rect id='u0' width='1' height='1'/>"
            + repeated(1, 12, "<g id='uI'>" + "<use href='#uJ'/>".repeat(10) + "</g>") + "</defs><use href='#u11'/>"),
        drawn("cycle", "refers to itself", "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"),
        drawn("deep", "has a depth of \"101\" that exceeds the limit", "<g>".repeat(200_000) + "</g>".repeat(200_000)),
        new Bomb("dash", TOO_MUCH, DASHES),
        drawn("styled dash", TOO_MUCH, "<path d='M0 0H1000000000' style='stroke:red;stroke-dasharray:0.000001'/>"),
        drawn("pattern", RENDERED, "<defs><pattern id='p' width='0.000001' height='0.000001' patternUnits='userSpaceOnUse'>"
            + "<rect width='1' height='1'/></pattern></defs>" + ALL + "fill='url(#p)'/>"),
        drawn("filter", "be rendered", "<defs><filter id='f' x='-10000000%' y='-10000000%' width='100000000%'"
            + " height='100000000%'><feGaussianBlur stdDeviation='100000'/></filter></defs>" + ALL + "filter='url(#f)'/>"),
        drawn("turbulence", RENDERED,
            "<defs><filter id='f'><feTurbulence baseFrequency='0.05' numOctaves='2000000000'/></filter>"
                + "</defs>" + ALL + "filter='url(#f)'/>"),
        nested("mask", "mask"),
        nested("clipPath", "clip-path"),
        new Bomb("laughs", "defines entities",
            "<?xml version='1.0'?>" + ENTITIES + HEAD + "<text y='20'>&a11;</text></svg>"),
        new Bomb("foreign entity", "defines entities",
            "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + HEAD
                + "<text y='20'>&x;</text></svg>"),
        new Bomb("no XML", NO_SVG, "not a picture"),
        new Bomb("empty", NO_SVG, ""));
  }

  private static String repeated(int from, int to, String text) {
    StringBuilder all = new StringBuilder();
    for (int i = from; i < to; i++) {
      all.append(text.replace("I", Integer.toString(i)).replace("J", Integer.toString(i - 1)));
    }
    return all.toString();
  }

  private static FlagServer start() {
    try {
      return FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void connect() {
    server.handle(Uploads.PATH, uploads);
    server.handle("/spy/", exchange -> {
      spied.add(exchange.getRequestURI().toString());
      exchange.sendResponseHeaders(404, -1);
    });
    client = new ImageClient(server.uri("/some"), server.uri(Uploads.PATH), Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /** Serves a document as the flag of one country, and real flags for all others. */
  private void serve(String document) {
    server.handle("/some/", exchange -> {
      String path = exchange.getRequestURI().getPath();
      byte[] bytes = path.contains("/xx/")
          ? document.getBytes(StandardCharsets.UTF_8)
          : (HEAD + "<rect width='32' height='48' fill='red'/></svg>").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    });
  }

  private PipelineReport run(Duration timeout) {
    ImageOptions options = new ImageOptions(2, 4, List.of(64, 16), true, Retry.NEVER)
        .withLimits(RenderLimits.defaults().withTimeout(timeout));
    return ImagePipeline.of(List.of("AA", "XX", "BB"), client, options)
        .with(PipelineOptions.named("hostile").withFailures(FailurePolicy.collect()))
        .to(_ -> {})
        .run();
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void bomb_costsItsOwnPictureOnly(Bomb bomb) {
    serve(bomb.text());
    PipelineReport report = run(Duration.ofSeconds(3));
    assertThat(report.outcome()).isEqualTo(PipelineReport.Completion.COMPLETED);
    assertThat(uploads.sizes()).containsKeys("aa-16.png", "aa-64.png", "bb-16.png", "bb-64.png");
    if (bomb.expected().equals(RENDERED)) {
      assertThat(report.failures()).isEmpty();
      assertThat(uploads.sizes()).containsKeys("xx-16.png", "xx-64.png");
    } else {
      assertThat(report.failures()).singleElement().satisfies(failed -> {
        assertThat(failed.stage()).isEqualTo("render");
        assertThat(failed.cause()).isInstanceOf(ImagesException.Unreadable.class)
            .hasMessageContaining("the flag of XX").hasMessageFindingMatch(bomb.expected());
      });
    }
  }

  @Test
  void document_thatTakesTooLong_isEndedAndSaysSo() {
    serve(DASHES);
    assertThat(run(Duration.ofMillis(300)).failures()).singleElement()
        .satisfies(failed -> assertThat(failed.cause()).hasMessageContaining("took longer to render than 300 ms")
            .hasMessageContaining("RenderLimits.timeout"));
  }

  @Test
  void references_toOtherPlaces_areNotFollowed() {
    String spy = server.uri("/spy/").toString();
    serve("<?xml version='1.0'?><!DOCTYPE svg SYSTEM '" + spy + "x.dtd'>" + HEAD + "<image xlink:href='" + spy
        + "x.png' width='9' height='9'/><image href='file:///etc/hostname' width='9' height='9'/><style>@import url(" + spy
        + "x.css);</style><use href='" + spy + "x.svg#a'/><rect fill='url(" + spy
        + "y.svg#a)' width='9' height='9'/></svg>");
    run(Duration.ofSeconds(20));
    assertThat(spied).isEmpty();
    assertThat(uploads.sizes()).containsKeys("aa-16.png", "bb-64.png");
  }

  /** A file of this machine that a document names is not in its picture. */
  @Test
  void files_ofThisMachine_areNotDrawn(@TempDir Path folder) throws Exception {
    BufferedImage blue = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    blue.setRGB(0, 0, 64, 48, IntStream.generate(() -> 0x0000ff).limit(64 * 48).toArray(), 0, 64);
    Path secret = folder.resolve("secret.png");
    ImageIO.write(blue, "png", secret.toFile());
    Path secretSvg = Files.writeString(folder.resolve("secret.svg"),
        HEAD + "<g id='a'><rect width='64' height='48' fill='#00f'/></g></svg>");
    serve(HEAD + "<rect width='64' height='48' fill='red'/><image href='" + secret.toUri() + "' width='64' height='48'/>"
        + "<use href='" + secretSvg.toUri() + "#a'/><image xlink:href='" + secretSvg.toUri()
        + "' width='64' height='48'/></svg>");
    List<Integer> colours = Collections.synchronizedList(new ArrayList<>());
    client.close();
    client = new ImageClient(server.uri("/some"), server.uri("/look/"), Duration.ofSeconds(60));
    server.handle("/look/", exchange -> {
      if (exchange.getRequestURI().getPath().endsWith("xx-64.png")) {
        colours.add(ImageIO.read(exchange.getRequestBody()).getRGB(32, 24));
      }
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(201, -1);
    });
    assertThat(run(Duration.ofSeconds(20)).failures()).isEmpty();
    assertThat(colours).containsExactly(0xffff0000);
  }

  @Test
  void file_thatIsTooLarge_isAFailedDownload() {
    client.close();
    client = new ImageClient(server.uri("/some"), server.uri(Uploads.PATH), Duration.ofSeconds(60),
        TransferLimits.defaults().withMaxFileBytes(1000));
    serve("x".repeat(1001));
    assertThat(run(Duration.ofSeconds(20)).failures()).singleElement().satisfies(failed -> {
      assertThat(failed.stage()).isEqualTo("download");
      assertThat(failed.cause()).hasMessageContaining("larger than 1000 bytes");
    });
  }

  @Test
  void codes_thatAreNone_areFailedPictures() {
    serve("");
    PipelineReport report = ImagePipeline
        .of(List.of("../x", "AA", "b\nb"), client, new ImageOptions(1, 1, List.of(16), true, Retry.NEVER))
        .with(PipelineOptions.named("hostile").withFailures(FailurePolicy.collect()))
        .to(_ -> {})
        .run();
    assertThat(report.failures()).hasSize(2).allSatisfy(
        failed -> assertThat(failed.cause()).hasMessageContaining("code must be two letters"));
    assertThat(uploads.sizes()).containsOnlyKeys("aa-16.png");
  }
}
