package io.llmplatform.query.platformsettings;

import io.llmplatform.query.column.JsonColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The row of {@code readmodel.platform_settings}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "platform_settings")
@SuppressWarnings("NullAway.Init") // filled by JPA
class SettingsRow {
    @Id
    private String id;

    private long version;

    @Convert(converter = JsonColumn.class)
    private JsonNode details;

    private Instant updatedAt;

    protected SettingsRow() {}

    /** {@code Settings} of the management API. */
    ObjectNode view() {
        var view = ((ObjectNode) details).deepCopy();
        return view.put("version", version).put("updated_at", updatedAt.toString());
    }
}
