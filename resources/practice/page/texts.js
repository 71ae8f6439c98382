// The page's texts: English, and a few headlines in other languages, enough to judge a layout by.

import { currentLanguage } from './language.js';

const ENGLISH = {
  loading: 'Loading…',
  checking: 'Checking…',
  connecting: 'Connecting…',
  'token-missing': 'Access Token Missing',
  'token-missing-text': 'This page needs an access token. Start the meeting from the launcher, or ask for a new link.',
  insecure: 'Secure Connection Required',
  'insecure-text': 'Camera and microphone work only over https, or on this computer under the name localhost.',
  'verification-failed': 'Verification Failed!',
  disconnected: 'Disconnected',
  'notifications.auth-header-missing': 'The access token did not arrive at the server.',
  'notifications.invalid-token': 'The access token is not valid.',
  'notifications.token-expired': 'The session has expired. Ask for a new link and join again.',
  'notifications.room-not-active': 'The room is not active.',
  'notifications.user-info-not-found': 'The server does not know this person. Ask for a new link and join again.',
  'notifications.room-disconnected-duplicate-entry': 'You have joined from another place with the same user ID.',
  'notifications.you-are-blocked': 'You have been blocked from this meeting.',
  'notifications.max-num-participates-exceeded': 'The meeting is full.',
  'notifications.user-logged-out': 'You have been logged out.',
  'notifications.room-disconnected-room-ended': 'The room has been closed.',
  'notifications.room-disconnected-participant-removed': 'You have been removed from this meeting.',
  'notifications.you-have-removed': 'You have been removed from this meeting.',
  'notifications.you-have-reject': 'A moderator declined your request to join.',
  'practice.session-over': 'This session is over.',
  'practice.connection-lost': 'The practice server no longer answers.',
  'waiting-room': 'Waiting Room',
  'waiting-text': 'Please wait until a moderator lets you in.',
  'device-title': 'Microphone and Camera Preferences',
  ready: 'Ready to join?',
  'ready-text':
    'Set up your devices now, or join as a listener. You can always control your microphone and camera later during the meeting.',
  'enable-both': 'Enable Microphone and Camera',
  'enable-microphone': 'Enable Microphone',
  'enable-camera': 'Enable Camera',
  join: 'Join',
  listener: 'Join as a listener',
  moderator: 'Moderator',
  participant: 'Participant',
  participants: 'Participants ({count})',
  search: 'Search for Participant',
  me: 'me',
  'public-chat': 'Public Chat',
  practice: 'Practice room',
};

const HEADLINES = {
  'ar-SA': {
    participants: 'المشاركون ({count})',
    search: 'ابحث عن مشارك',
    me: 'أنا',
    join: 'انضمام',
    'public-chat': 'الدردشة العامة',
  },
  'fa-IR': {
    participants: 'شرکت‌کنندگان ({count})',
    search: 'جستجوی شرکت‌کننده',
    me: 'من',
    join: 'پیوستن',
    'public-chat': 'گفتگوی عمومی',
  },
  'he-IL': {
    participants: 'משתתפים ({count})',
    search: 'חיפוש משתתף',
    me: 'אני',
    join: 'הצטרפות',
    'public-chat': 'צ׳אט ציבורי',
  },
  'de-DE': {
    participants: 'Teilnehmende ({count})',
    search: 'Person suchen',
    me: 'ich',
    join: 'Teilnehmen',
    'public-chat': 'Öffentlicher Chat',
  },
  'fr-FR': {
    participants: 'Participants ({count})',
    search: 'Chercher une personne',
    me: 'moi',
    join: 'Rejoindre',
    'public-chat': 'Discussion publique',
  },
  'es-ES': {
    participants: 'Participantes ({count})',
    search: 'Buscar participante',
    me: 'yo',
    join: 'Unirse',
    'public-chat': 'Chat público',
  },
};

/** The text of a key in the page's language; a key nobody wrote a text for is shown as it is. */
export function t(key, values = {}) {
  const text = HEADLINES[currentLanguage()]?.[key] ?? ENGLISH[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}
