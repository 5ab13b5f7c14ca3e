/** Tabs as the ARIA authoring practices describe them: arrows go around, and open what they come to. */

const tabs = [...document.querySelectorAll('[role=tab]')];

const panelOf = (tab) => document.getElementById(tab.getAttribute('aria-controls'));

/** @param {string} panel id of the panel */
export function openTab(panel) {
  const opened = tabs.find((tab) => panelOf(tab).id === panel) ?? tabs[0];
  for (const tab of tabs) {
    const selected = tab === opened;
    tab.setAttribute('aria-selected', selected);
    tab.tabIndex = selected ? 0 : -1;
    panelOf(tab).hidden = !selected;
  }
  return opened;
}

export function selectedPanel() {
  return panelOf(tabs.find((tab) => tab.getAttribute('aria-selected') === 'true'));
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

for (const tab of tabs) {
  tab.addEventListener('click', () => openTab(panelOf(tab).id));
  tab.addEventListener('keydown', ({ key }) => {
    const at = tabs.indexOf(tab);
    const target = { Home: 0, End: tabs.length - 1 }[key] ?? (STEPS[key] ? (at + STEPS[key] + tabs.length) % tabs.length : at);
    if (target !== at) {
      openTab(panelOf(tabs[target]).id).focus();
    }
  });
}
