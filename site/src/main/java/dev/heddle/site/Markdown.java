package dev.heddle.site;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** Converts documents to HTML: links between documents become links between pages, and code is coloured. */
final class Markdown {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(EXTENSIONS)
      .nodeRendererFactory(CodeRenderer::new).build();
  private static final Pattern TABLE = Pattern.compile("(?s)<table>.*?</table>");

  private final Set<String> documents;

  /** Makes a converter that knows the documents which have pages, by their paths in the checkout. */
  Markdown(Set<String> documents) {
    this.documents = documents;
  }

  /** Converts a document to a page. */
  Page page(String group, String document, String markdown) {
    Node root = PARSER.parse(markdown);
    root.accept(new Links(document));
    String html = TABLE.matcher(RENDERER.render(root))
        .replaceAll("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"table\">$0</div>");
    return new Page(group, Sources.htmlPath(document), title(root, document), html);
  }

  private static String title(Node root, String document) {
    for (Node node = root.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() == 1) {
        return TextContentRenderer.builder().build().render(heading).strip();
      }
    }
    return document;
  }

  /** Turns links to documents into links to pages, and those to files that have no page into their text. */
  private final class Links extends AbstractVisitor {
    private final String document;

    Links(String document) {
      this.document = document;
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      String target = link.getDestination();
      if (target.matches("[a-z]+:.*") || target.startsWith("#")) {
        return;
      }
      URI uri = URI.create("/" + document).resolve(target);
      String file = uri.getPath().substring(1);
      if (documents.contains(file) || file.matches("docs/.*\\.(svg|png|html|json)|recipes/.*")) {
        link.setDestination(
            target.replaceFirst("(^|/)README\\.md(#|$)", "$1index.html$2").replaceFirst("\\.md(#|$)", ".html$1"));
      } else {
        while (link.getFirstChild() != null) {
          link.insertBefore(link.getFirstChild());
        }
        link.insertBefore(new Text(""));
        link.unlink();
      }
    }
  }

  /** Renders blocks of code with colours. */
  private record CodeRenderer(HtmlNodeRendererContext context) implements NodeRenderer {

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(FencedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
      FencedCodeBlock block = (FencedCodeBlock) node;
      String language = block.getInfo() == null ? "" : block.getInfo();
      var html = context.getWriter();
      html.line();
      html.tag("pre", Map.of("class", "code " + language, "tabindex", "0"));
      html.raw(Colours.html(language, block.getLiteral()));
      html.tag("/pre");
      html.line();
    }
  }
}
