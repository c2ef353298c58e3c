package io.llmplatform.proxy.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file held in memory, compressed once, answered with validators. */
public final class StaticAsset {
    private static final int COMPRESS_FROM = 1024;

    private final Buffer plain;
    private final @Nullable Buffer gzip;
    private final String contentType;
    private final String cacheControl;
    private final String etag;

    private StaticAsset(Buffer plain, @Nullable Buffer gzip, String contentType, String cacheControl, String etag) {
        this.plain = plain;
        this.gzip = gzip;
        this.contentType = contentType;
        this.cacheControl = cacheControl;
        this.etag = etag;
    }

    /** @param name tells the content type by its ending */
    public static StaticAsset of(String name, byte[] content, String cacheControl) {
        var type = contentType(name);
        boolean text = type.startsWith("text/")
                || type.contains("javascript")
                || type.contains("json")
                || type.contains("svg")
                || type.contains("yaml");
        var zipped = text && content.length >= COMPRESS_FROM ? Buffer.buffer(compress(content)) : null;
        return new StaticAsset(Buffer.buffer(content), zipped, type, cacheControl, '"' + digest(content) + '"');
    }

    /** Answers GET and HEAD. */
    public void send(HttpServerRequest request) {
        var response = request.response();
        response.putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", cacheControl)
                .putHeader("ETag", etag)
                .putHeader("X-Content-Type-Options", "nosniff");
        if (gzip != null) {
            response.putHeader("Vary", "Accept-Encoding");
        }
        if (etag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        var accepts = request.getHeader("Accept-Encoding");
        boolean zipped = gzip != null
                && accepts != null
                && accepts.toLowerCase(Locale.ROOT).contains("gzip");
        var body = zipped && gzip != null ? gzip : plain;
        if (zipped) {
            response.putHeader("Content-Encoding", "gzip");
        }
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body.copy());
        }
    }

    private static byte[] compress(byte[] content) {
        var out = new ByteArrayOutputStream(content.length / 3);
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("in-memory stream", e);
        }
        return out.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "html" -> "text/html; charset=utf-8";
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "json", "map" -> "application/json";
            case "yaml", "yml" -> "application/yaml; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "jpg", "jpeg" -> "image/jpeg";
            case "webp" -> "image/webp";
            case "ico" -> "image/x-icon";
            case "woff2" -> "font/woff2";
            case "woff" -> "font/woff";
            case "txt" -> "text/plain; charset=utf-8";
            case "webmanifest" -> "application/manifest+json";
            default -> "application/octet-stream";
        };
    }
}
