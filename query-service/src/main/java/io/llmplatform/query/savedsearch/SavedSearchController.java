package io.llmplatform.query.savedsearch;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.column.JsonColumn;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.sql.SqlFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What the person who asks has saved, and nobody else's. There are at most a hundred. */
@RestController
class SavedSearchController {
    private final JdbcClient jdbc;
    private final String find = SqlFile.read("saved-searches");

    SavedSearchController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/api/admin/v1/audit/searches")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    Page<SavedSearch> list(Person person) {
        return new Page<>(
                jdbc.sql(find)
                        .param("user_id", person.id())
                        .query((row, number) -> new SavedSearch(
                                row.getString("id"),
                                row.getString("name"),
                                JsonColumn.read(row, "filters"),
                                row.getTimestamp("saved_at").toInstant()))
                        .list(),
                null);
    }

    /**
     * {@code SavedSearch} of the management API.
     *
     * @param filters parameters of {@code GET /audit/events}
     */
    record SavedSearch(String id, String name, @Nullable JsonNode filters, Instant savedAt) {}
}
