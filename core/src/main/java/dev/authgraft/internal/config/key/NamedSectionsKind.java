package dev.authgraft.internal.config.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A map whose keys are names that the user gives, each with a section. */
public abstract class NamedSectionsKind extends Kind<Section> {
  private final List<Keys> sections;

  /**
   * @param sections what each section may be
   */
  protected NamedSectionsKind(List<Keys> sections) {
    this.sections = sections;
  }

  @Override
  protected @Nullable Section read(Section section, Key<Section> key) {
    return section.below(key);
  }

  @Override
  public Below below() {
    return Below.NAMED_SECTIONS;
  }

  @Override
  public List<Keys> sections() {
    return sections;
  }
}
