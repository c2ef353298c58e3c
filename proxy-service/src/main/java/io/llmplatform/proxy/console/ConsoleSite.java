package io.llmplatform.proxy.console;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The built console. All its files are read at start, so that a path is a look-up in a map and can reach nothing else;
 * a new build needs a restart. Paths of the console's own router get its start page.
 */
public final class ConsoleSite {
    private static final String HASHED = "public, max-age=31536000, immutable";
    private static final String REVALIDATE = "no-cache";
    private static final String INDEX = "/index.html";

    private final Map<String, StaticAsset> assets;

    private ConsoleSite(Map<String, StaticAsset> assets) {
        this.assets = assets;
    }

    /** @throws IllegalStateException when the folder holds no console */
    public static ConsoleSite load(Path directory) throws IOException {
        var assets = new HashMap<String, StaticAsset>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var path = "/" + directory.relativize(file).toString().replace('\\', '/');
                    boolean hashed = path.startsWith("/assets/");
                    assets.put(path, StaticAsset.of(path, Files.readAllBytes(file), hashed ? HASHED : REVALIDATE));
                }
            }
        }
        if (!assets.containsKey(INDEX)) {
            throw new IllegalStateException(
                    "CONSOLE_DIR: no index.html in " + directory.toAbsolutePath() + "; build the console first");
        }
        return new ConsoleSite(Map.copyOf(assets));
    }

    public void handle(HttpServerRequest request) {
        SecurityHeaders.set(request.response().headers());
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response()
                    .setStatusCode(405)
                    .putHeader("Allow", "GET, HEAD")
                    .end();
            return;
        }
        var path = request.path() == null ? "/" : request.path();
        var asset = assets.get(path.equals("/") ? INDEX : path);
        if (asset == null && isRoute(path)) {
            asset = assets.get(INDEX);
        }
        if (asset == null) {
            request.response()
                    .setStatusCode(404)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end("Not found\n");
        } else {
            asset.send(request);
        }
    }

    /** A path without a file ending belongs to the console's router. */
    private static boolean isRoute(String path) {
        return path.lastIndexOf('.') <= path.lastIndexOf('/') && !path.startsWith("/assets/");
    }
}
