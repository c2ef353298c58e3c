package io.llmplatform.query.platformsettings;

import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.query.access.Allowed;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What administrators have set; an empty object as long as nothing was ever changed. */
@RestController
class SettingsController {
    private final SettingsRows rows;

    SettingsController(SettingsRows rows) {
        this.rows = rows;
    }

    @GetMapping("/api/admin/v1/settings")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    ObjectNode get() {
        return rows.findById(PlatformSettingsEvent.ID).map(SettingsRow::view).orElseGet(() -> ContractJson.mapper()
                .createObjectNode());
    }
}
