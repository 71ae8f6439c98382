#!/bin/sh
# Puts the program into the menu of this user, or takes it out again.
# Usage: install.sh [--remove]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
home=$data/pnm-launcher-program
bin=$HOME/.local/bin

refresh() {
  command -v update-desktop-database >/dev/null && update-desktop-database -q "$data/applications" || true
  command -v update-mime-database >/dev/null && update-mime-database "$data/mime" >/dev/null 2>&1 || true
  command -v gtk-update-icon-cache >/dev/null && gtk-update-icon-cache -qtf "$data/icons/hicolor" || true
}

remove() {
  if [ -f "$home/installed" ]; then
    while IFS= read -r file; do rm -f -- "$data/$file"; done <"$home/installed"
  fi
  if [ "$(readlink "$bin/pnm-launcher" 2>/dev/null)" = "$home/program/pnm-launcher" ]; then rm -f "$bin/pnm-launcher"; fi
  rm -rf -- "$home"
}

case ${1-} in
  --remove)
    remove
    refresh
    echo "plugNmeet Launcher was removed. Your meetings are still in ~/.config/pnm-launcher."
    exit ;;
  '') ;;
  *) sed -n '2,3s/^# //p' "$0"; exit 2 ;;
esac

remove
mkdir -p "$home" "$bin"
cp -R -- "$here/program" "$here/share" "$here/install.sh" "$home/"
(cd "$here/share" && find applications icons mime man -type f) >"$home/installed"
while IFS= read -r file; do
  mkdir -p -- "$data/$(dirname -- "$file")"
  cp -- "$here/share/$file" "$data/$file"
done <"$home/installed"
# The menu starts the program by its place, because ~/.local/bin need not be on the PATH.
sed -i "s|^Exec=pnm-launcher |Exec=\"$home/program/pnm-launcher\" |" "$data/applications/pnm-launcher.desktop"
ln -sfn "$home/program/pnm-launcher" "$bin/pnm-launcher"
refresh
echo "plugNmeet Launcher is in your menu now. To remove it: $home/install.sh --remove"
