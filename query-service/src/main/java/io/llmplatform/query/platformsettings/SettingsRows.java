package io.llmplatform.query.platformsettings;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface SettingsRows extends Repository<SettingsRow, String> {
    Optional<SettingsRow> findById(String id);
}
