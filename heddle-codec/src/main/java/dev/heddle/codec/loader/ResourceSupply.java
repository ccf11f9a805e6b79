package dev.heddle.codec.loader;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers workers' requests for resources from the parent's class loaders. Stateless. */
final class ResourceSupply {
  private static final int MOST_URLS = 10_000;

  private ResourceSupply() {}

  /**
   * Answers a request.
   *
   * @param loader the class loader that is asked
   * @return the answer, which may be that it cannot be read; null if there is no such resource
   */
  static byte @Nullable [] answer(ResourceRequest request, ClassLoader loader) {
    try {
      return switch (request.kind()) {
        case FIRST -> urls(loader.getResource(request.name()));
        case ALL -> urls(all(loader, request.name()));
        case STREAM -> content(request.name(), loader.getResourceAsStream(request.name()));
        case CONTENT -> content(request.name(), open(loader, request));
      };
    } catch (IOException | RuntimeException | LinkageError e) {
      return ResourceAnswer.unreadable(request.name(), e); // not the same as that there is none
    }
  }

  private static byte @Nullable [] urls(@Nullable URL url) {
    return url == null ? null : ResourceAnswer.ofUrls(List.of(url.toString()));
  }

  private static byte[] urls(List<URL> urls) {
    return ResourceAnswer.ofUrls(urls.stream().map(URL::toString).toList());
  }

  private static List<URL> all(ClassLoader loader, String name) throws IOException {
    List<URL> all = new ArrayList<>();
    for (URL each : Collections.list(loader.getResources(name))) {
      if (all.size() < MOST_URLS) {
        all.add(each);
      }
    }
    return all;
  }

  private static byte @Nullable [] content(String name, @Nullable InputStream content) {
    return content == null ? null : ResourceAnswer.ofContent(name, content);
  }

  /** Opens a resource that the loader itself names: a worker cannot make the parent open any other address. */
  private static @Nullable InputStream open(ClassLoader loader, ResourceRequest request) throws IOException {
    URL first = loader.getResource(request.name());
    if (first != null && first.toString().equals(request.url())) {
      return first.openStream();
    }
    for (URL each : all(loader, request.name())) {
      if (each.toString().equals(request.url())) {
        return each.openStream();
      }
    }
    return null;
  }
}
