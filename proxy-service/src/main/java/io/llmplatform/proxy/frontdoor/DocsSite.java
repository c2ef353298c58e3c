package io.llmplatform.proxy.frontdoor;

import io.llmplatform.proxy.console.SecurityHeaders;
import io.llmplatform.proxy.console.StaticAsset;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Swagger UI and the two OpenAPI documents, all from the class path: nothing is fetched from elsewhere. */
public final class DocsSite {
    private static final String REVALIDATE = "no-cache";
    private static final String DAY = "public, max-age=86400";

    private final Map<String, StaticAsset> assets = new LinkedHashMap<>();

    private DocsSite() {}

    /** @param projectName title of the page */
    public static DocsSite load(String projectName) throws IOException {
        var site = new DocsSite();
        var webjar = "META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/";
        for (var file : new String[] {
            "swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "favicon-32x32.png"
        }) {
            site.add("/docs/" + file, resource(webjar + file), DAY);
        }
        site.add("/docs/init.js", resource("docs/init.js"), REVALIDATE);
        var page = new String(resource("docs/index.html"), StandardCharsets.UTF_8)
                .replace("${projectName}", escape(projectName));
        site.assets.put("/docs", StaticAsset.of("index.html", page.getBytes(StandardCharsets.UTF_8), REVALIDATE));
        for (var spec : new String[] {"data-plane.yaml", "management.yaml"}) {
            site.add("/openapi/" + spec, resource("openapi/" + spec), REVALIDATE);
        }
        return site;
    }

    /** @return whether the path is one of this site's */
    boolean handled(HttpServerRequest request, String path) {
        var asset = assets.get(path.equals("/docs/") ? "/docs" : path);
        if (asset == null) {
            return false;
        }
        SecurityHeaders.set(request.response().headers());
        asset.send(request);
        return true;
    }

    private void add(String path, byte[] content, String cacheControl) {
        assets.put(path, StaticAsset.of(path, content, cacheControl));
    }

    private static String webjarVersion() throws IOException {
        var properties = new Properties();
        properties.load(new java.io.StringReader(
                new String(resource("META-INF/maven/org.webjars/swagger-ui/pom.properties"), StandardCharsets.UTF_8)));
        return properties.getProperty("version");
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = DocsSite.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("not on the class path: " + name);
            }
            return in.readAllBytes();
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
