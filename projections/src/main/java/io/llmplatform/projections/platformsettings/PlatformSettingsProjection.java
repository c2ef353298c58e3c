package io.llmplatform.projections.platformsettings;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent.PlatformSettingsChanged;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the one row of {@code readmodel.platform_settings}. */
@Component
class PlatformSettingsProjection extends EntityProjection<PlatformSettingsEvent> {
    private final String changed = SqlFile.read("platform-settings-changed");

    PlatformSettingsProjection(JdbcClient jdbc) {
        super(
                new ProjectionId("platform_settings", 1),
                "platform_settings",
                PlatformSettingsEvent.class,
                jdbc,
                "platform_settings");
    }

    @Override
    protected void apply(EventEnvelope envelope, PlatformSettingsEvent event) {
        switch (event) {
            case PlatformSettingsChanged(var ignored1, var ignored2, var after) ->
                sql(changed, envelope).param("details", json(after)).update();
        }
    }
}
