package io.llmplatform.query.systemlog;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import io.llmplatform.query.search.SearchDocuments;
import io.llmplatform.query.settings.Settings;
import io.llmplatform.query.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Searches the logs. */
@Component
class LogSearch {
    private static final Pattern CURSOR = Pattern.compile("l1\\|(\\d{1,18})\\|(log_\\w{1,60})");

    private final SearchDocuments documents;

    LogSearch(ElasticsearchClient client, Settings settings) {
        this.documents = new SearchDocuments(
                client,
                new SearchDocuments.Shape(
                        List.of(settings.search().indexPrefix() + "logs"),
                        List.of("micros", "id"),
                        List.of("all", "fingerprint")),
                () -> "; what is logged meanwhile will be in it later, and stands in the services' own output");
    }

    LogPage find(LogFilter filter, int limit, @Nullable String cursor) {
        var found = documents.find(filter.query(), limit + 1, after(cursor), SortOrder.Desc);
        var shown = found.size() > limit ? found.subList(0, limit) : found;
        var next = found.size() > limit ? cursor(shown.getLast()) : null;
        shown.forEach(line -> line.remove("micros"));
        return new LogPage(shown, next);
    }

    private static String cursor(ObjectNode line) {
        var text = "l1|" + line.path("micros").asLong() + "|" + line.path("id").asString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FieldValue> after(@Nullable String cursor) {
        if (cursor == null) {
            return List.of();
        }
        try {
            var parts = CURSOR.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (parts.matches()) {
                return List.of(FieldValue.of(Long.parseLong(parts.group(1))), FieldValue.of(parts.group(2)));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw RefusedException.parameter("cursor", "is not a cursor that a page has answered with");
    }

    record LogPage(List<ObjectNode> data, @Nullable String nextCursor) {}
}
